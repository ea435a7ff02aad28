import { accessStatus } from '../domain/access.ts';
import { creditRuleOf } from '../domain/credits/credits-of.ts';
import { availableAt, issueByHand, MOST_OPEN, noCredits, type CreditMove } from '../domain/credits/ledger.ts';
import { expiryOf } from '../domain/credits/rule.ts';
import { parseInstant, type Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { forbidsCredits, rejectsWithoutReason, type ByHand } from './credits-by-hand.ts';
import type { Verb, VerbContext } from './verb.ts';

/** `expiresAt`: null = as long as its offer's credits are valid. */
export type IssueCreditInput = ByHand & { count: number; expiresAt: Instant | null };

/** Gives credits beside those of the rule, which goes on as it is [R27.10]. */
export const issueCredit: Verb<IssueCreditInput> = {
  name: 'issue-credit',

  forbids(state) {
    const forbidden = forbidsCredits(state);
    if (forbidden !== null) return forbidden;
    return openIn(state) < MOST_OPEN ? null : `It has ${MOST_OPEN} open credits, and can have no more.`;
  },

  rejects(state, input, { now }) {
    const { count, expiresAt } = input;
    if (!Number.isInteger(count) || count < 1 || count > MOST_OPEN - openIn(state)) return tooMany(state);
    if (expiresAt !== null && !parseInstant(expiresAt)) return WRONG_EXPIRY;
    if (expiresAt !== null && expiresAt <= now)
      return { code: 'instant_past', field: 'expiresAt', at: now, detail: `expiresAt must be later than ${now}.` };
    return rejectsWithoutReason(input);
  },

  effect: (state, input, context) => ({ ...state, credits: moved(state, input, context).credits }),

  ledger: (state, input, context) => moved(state, input, context).entries,

  reports(state, input, context) {
    const { count } = input;
    const expiresAt = expiryIn(state, input, context);
    const available = availableAt(moved(state, input, context).credits, context.now).length;
    const isTold = accessStatus(state, context.now) !== 'none';
    return {
      entry: 'credits.issued',
      data: { count, expiresAt },
      emails: isTold ? [{ kind: 'credit-issued', to: 'customer', data: { count, expiresAt, available } }] : [],
    };
  },
};

const WRONG_EXPIRY = {
  code: 'invalid_instant',
  field: 'expiresAt',
  detail: 'expiresAt must be an instant with a zone.',
} as const;

const openIn = ({ credits }: PurchaseState): number => credits?.open.length ?? 0;

const tooMany = (state: PurchaseState) =>
  ({
    code: 'too_many_credits',
    field: 'count',
    detail: `count must be a whole number from 1 to ${MOST_OPEN - openIn(state)}.`,
  }) as const;

const moved = (state: PurchaseState, input: IssueCreditInput, context: VerbContext): CreditMove =>
  issueByHand(state.credits ?? noCredits(context.now), input.count, context.now, expiryIn(state, input, context));

function expiryIn(state: PurchaseState, { expiresAt }: IssueCreditInput, { now }: VerbContext): Instant {
  const rule = creditRuleOf(state);
  return expiresAt ?? (rule ? expiryOf(rule, now) : now);
}
