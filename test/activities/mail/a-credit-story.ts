import { SIX_AT_ONCE } from '../../builders/credits.ts';
import type { MailGround } from './a-mail-ground.ts';
import { anInvoice, aStory, aSubscription } from './a-story.ts';

const EXPIRY = '2027-03-31T09:00:00.000Z';
const [WARNED, ENDED] = ['2027-03-01T09:00:00.000Z', '2027-03-02T09:00:00.000Z'] as const;

/** Credits that were issued, were about to expire, and ended with the purchase. */
export async function aCreditStory(ground: MailGround) {
  const story = await aStory(ground, { terms: { credits: { ...SIX_AT_ONCE, validMonths: 2 } } });
  const paid = await story.hear(anInvoice(), '2027-01-31T09:00:00.000Z');
  const begun = await story.hear(aSubscription(), '2027-01-31T09:00:00.000Z');
  const warned = await story.reach('credit-warning', WARNED);
  const ended = await story.ask('cancel', { when: 'now', cancelAt: null }, { at: ENDED });
  return { emails: { ...paid, ...begun, ...warned, ...ended } as Record<string, string> };
}

/** What its emails say, by kind. */
export const CREDIT_SAYS = {
  'credit-issued': { offerName: 'Studio Membership', credits: '6 call credits', available: 6, expiresAt: EXPIRY },
  'credits-expiring': { credits: '6 call credits', days: '30 days', expiresAt: EXPIRY },
  'credits-forfeited': { credits: '6 call credits', forfeitedAt: ENDED },
};
