import { accessStatus } from '../domain/access.ts';
import {
  availableAt,
  creditIdOf,
  forfeit,
  nothing,
  type CreditMove,
  type OpenCredit,
} from '../domain/credits/ledger.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { forbidsCredits, rejectsWithoutReason, type ByHand } from './credits-by-hand.ts';
import type { Verb, VerbContext } from './verb.ts';

export type ForfeitCreditInput = ByHand & { creditIds: string[] };

/** Ends credits that no call holds; the rule goes on as it is [R27.10]. */
export const forfeitCredit: Verb<ForfeitCreditInput> = {
  name: 'forfeit-credit',

  forbids(state, now) {
    const forbidden = forbidsCredits(state);
    if (forbidden !== null) return forbidden;
    if (state.credits && availableAt(state.credits, now).length > 0) return null;
    return { code: 'no_credit', detail: 'It has no credit that could be forfeited.' };
  },

  rejects(state, input, { now }) {
    const ids = input.creditIds;
    const open = (state.credits?.open ?? []).filter(({ expiresAt }) => now < expiresAt);
    const named = ids.map((id) => open.find((credit) => idIn(state, credit) === id));
    if (ids.length === 0 || named.some((credit) => !credit))
      return {
        code: 'unknown_credit',
        field: 'creditIds',
        detail: 'creditIds must name open credits of this purchase.',
      };
    if (named.some((credit) => credit?.heldBy !== null))
      return { code: 'credit_held', detail: 'A call holds one of these credits: cancel the call first.' };
    return rejectsWithoutReason(input);
  },

  effect: (state, input, context) => ({
    ...state,
    credits: moved(state, input, context)?.credits ?? state.credits,
  }),

  ledger: (state, input, context) => moved(state, input, context)?.entries ?? [],

  reports(state, input, context) {
    const data = { count: moved(state, input, context)?.entries.length ?? 0 };
    const isTold = accessStatus(state, context.now) !== 'none';
    return {
      entry: 'credits.forfeited',
      data,
      emails: isTold ? [{ kind: 'credits-forfeited', to: 'customer', data }] : [],
    };
  },
};

const idIn = ({ purchaseId }: PurchaseState, { id }: OpenCredit): string => creditIdOf(purchaseId, id);

function moved(state: PurchaseState, { creditIds }: ForfeitCreditInput, { now }: VerbContext): CreditMove | null {
  const { credits } = state;
  if (!credits) return null;
  const named = availableAt(credits, now).filter((credit) => creditIds.includes(idIn(state, credit)));
  return named.length === 0 ? nothing(credits) : forfeit(credits, named, now);
}
