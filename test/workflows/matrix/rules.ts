import { VERB_NAMES, type VerbName } from '../../../workflows/domain/verb.ts';
import type { VerbInputs } from '../../../workflows/verbs/index.ts';
import { addDays } from '../../../workflows/domain/instant.ts';
import { GOLD, T0 } from '../../builders/purchase.ts';
import { becoming } from '../verbs/offer-change-plans.ts';
import type { Cell } from './cells.ts';

const LIVE = ['trialing', 'active', 'past_due', 'paused'];
const isLive = ({ status }: Cell): boolean => LIVE.includes(status);

/** Of the kinds in `cells.ts`; they end with the billing [R27.1]. */
const givesCredits = ({ kind, status }: Cell): boolean =>
  (kind === 'payment_plan' || kind === 'grant') && status !== 'canceled';

/** Where each verb is legal [R6.1 to R11]: a verb that is not ruled here does not compile. */
const RULES: Record<VerbName, (cell: Cell) => boolean> = {
  pause: ({ status, pending }) => ['trialing', 'active'].includes(status) && pending === 'nothing',
  resume: ({ status }) => status === 'paused',
  'change-resume-date': ({ status }) => status === 'paused',
  cancel: isLive,
  'undo-cancel': (cell) => isLive(cell) && cell.pending === 'cancellation',
  'change-offer': ({ kind, status, pending }) =>
    kind === 'subscription' && ['trialing', 'active'].includes(status) && pending === 'nothing',
  'undo-change-offer': (cell) => isLive(cell) && cell.pending === 'change of offer',
  revoke: ({ status, access }) => status !== 'canceled' && access !== 'revoked',
  restore: ({ access }) => access === 'in part' || access === 'revoked',
  refund: ({ money }) => money === 'left',
  'money-back': (cell) => cell.money === 'left' || (cell.money === 'refunded' && isLive(cell)),
  'retry-payment': ({ status }) => status === 'past_due',
  'pay-off': ({ kind, status, pending }) => kind === 'payment_plan' && status === 'active' && pending === 'nothing',
  'access-start': ({ status }) => status !== 'canceled',
  'issue-credit': givesCredits,
  'forfeit-credit': givesCredits,
  extend: ({ status, access }) => status !== 'canceled' && access === 'for some days',
};

/** What may be asked there, in the order in which a refusal lists it. */
export const legalIn = (cell: Cell): VerbName[] => VERB_NAMES.filter((verb) => RULES[verb](cell));

const LATER = addDays(T0, 20);

/** What each verb is asked with; at least one of them is possible wherever the verb is legal. */
export const INPUTS: { [Name in VerbName]: VerbInputs[Name][] } = {
  pause: [
    { resumeAt: null, access: 'keep' },
    { resumeAt: LATER, access: 'suspend' },
  ],
  resume: [{}],
  'change-resume-date': [{ resumeAt: LATER }],
  cancel: [
    { when: 'now', cancelAt: null },
    { when: 'period_end', cancelAt: null },
    { when: 'at', cancelAt: addDays(T0, 45) },
  ],
  'undo-cancel': [{}],
  'change-offer': [becoming(GOLD), { ...becoming(GOLD), when: 'period_end' }],
  'undo-change-offer': [{}],
  revoke: [{ productIds: null }, { productIds: ['community'] }],
  restore: [{ productIds: null }, { productIds: ['course'] }],
  refund: [
    { paymentId: 'in_1', amountMinor: 1000, billing: 'keep', access: 'keep' },
    { paymentId: 'in_1', amountMinor: null, billing: 'cancel_now', access: 'revoke' },
    { paymentId: 'in_1', amountMinor: null, billing: 'cancel_period_end', access: 'keep' },
  ],
  'money-back': [{ override: false, hasReason: false }],
  'retry-payment': [{}],
  'pay-off': [{}, { creditMinor: 1000 }],
  'access-start': [{ startsAt: addDays(T0, -5) }, { startsAt: LATER }],
  'issue-credit': [
    { count: 2, expiresAt: null, hasReason: true },
    { count: 1, expiresAt: LATER, hasReason: true },
  ],
  'forfeit-credit': [{ creditIds: ['purchase-1:1'], hasReason: true }],
  extend: [
    { days: 14, until: null },
    { days: null, until: addDays(T0, 120) },
  ],
};
