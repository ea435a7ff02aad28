import type { SearchKind } from '../../../workflows/domain/search.ts';
import type { Tone } from '../parts/notice.tsx';
import { CALL_WORDS } from '../parts/calls/call-words.tsx';
import { BILLING_WORDS } from './billing.ts';
import { MARKETING_WORDS } from './contact.ts';
import { EMAIL_STATE_WORDS } from './email.ts';
import { PAYMENT_WORDS } from './payment.ts';

export const SEARCH_KIND_WORDS: Record<SearchKind, string> = {
  contact: 'People',
  purchase: 'Purchases',
  payment: 'Payments',
  offer: 'Offers',
  email: 'Emails',
  call: 'Calls',
};

type Said = { label: string; tone: Tone };

const OFFER_WORDS = {
  offered: { label: 'Offered', tone: 'good' },
  archived: { label: 'Archived', tone: 'plain' },
} as const;

const WORDS: Record<SearchKind, Record<string, Said>> = {
  contact: MARKETING_WORDS,
  purchase: BILLING_WORDS,
  payment: PAYMENT_WORDS,
  offer: OFFER_WORDS,
  email: EMAIL_STATE_WORDS,
  call: CALL_WORDS,
};

/** How something found stands, as its own list says it. */
export const stateInWords = (kind: SearchKind, state: string): Said =>
  WORDS[kind][state] ?? { label: state, tone: 'plain' };
