import { ACTOR_WORDS } from '../words/actor.ts';
import { CARD_WORDS } from '../words/card.ts';
import { DECLINE_WORDS } from '../words/decline.ts';
import { DISPUTES } from '../words/dispute.ts';
import type { Language } from './language.ts';

/** The words of its emails stand in their entries. */
export const ENGLISH: Language = {
  name: 'English',
  locale: 'en-US',
  frame: {
    greeting: 'Hello {{name}},',
    questions: 'Questions? Answer this email, or write to {{address}}.',
    subscribed: 'You get this because you subscribed to news from {{siteName}}.',
    unsubscribe: 'Unsubscribe',
    zone: 'Times are in {{zone}}.',
  },
  forms: { charge: '{{amount}} on {{day}}', period: '{{from}} to {{to}}', payment: '{{amount}}, {{day}}' },
  counts: {
    credits: { one: '{{count}} call credit', other: '{{count}} call credits' },
    days: { one: '{{count}} day', other: '{{count}} days' },
  },
  card: CARD_WORDS,
  payment: {
    fee: 'One-time fee',
    instalment: 'Payment {{first}} of {{of}}.',
    instalments: 'Payments {{first}} to {{last}} of {{of}}.',
  },
  actors: ACTOR_WORDS,
  erased: 'an erased contact',
  ...DECLINE_WORDS,
  disputes: DISPUTES,
  seeStripe: 'as Stripe shows it with the payment',
  call: 'Call: {{expert}}, {{name}}',
  officeHours: 'Office hours: {{expert}}',
};
