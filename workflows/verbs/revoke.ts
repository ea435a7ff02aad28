import { hasEndedAccess } from '../domain/billing-parts.ts';
import { isLive } from '../domain/billing.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Refusal } from '../domain/refusals.ts';
import { chargesContinue } from './resume.ts';
import type { Verb, VerbContext } from './verb.ts';

/** Which products; null = all of the purchase. */
export type ProductsInput = { productIds: string[] | null };

/** `calls`: what becomes of what is booked; absent = it is kept. */
export type RevokeInput = ProductsInput & { calls?: 'keep' | 'cancel' | undefined };

/**
 * Closes products at once while billing goes on; no email is sent of that [R6]. Booked calls and
 * seats stand, unless it says that they are canceled [R27.2].
 */
export const revoke: Verb<RevokeInput> = {
  name: 'revoke',

  forbids(state) {
    if (hasEndedAccess(state.billing)) return 'Access has ended already.';
    if (stillOpen(state, state.terms.productIds).length > 0) return null;
    return { code: 'already_revoked', detail: 'Every product of this purchase is revoked already.' };
  },

  rejects(state, { productIds }) {
    const unknown = rejectsProducts(state, { productIds });
    if (unknown || stillOpen(state, productIds ?? state.terms.productIds).length > 0) return unknown;
    return { code: 'already_revoked', field: 'productIds', detail: 'These products are revoked already.' };
  },

  effect: (state, input, context) => revokeProducts(state, input, context),

  money: (state) => (isLive(state.billing) ? chargesContinue(state) : []),

  reports: (state, { productIds }) => ({
    entry: 'purchase.revoked',
    data: { productIds: stillOpen(state, productIds ?? state.terms.productIds) },
    emails: [],
  }),
};

const stillOpen = (state: PurchaseState, productIds: string[]): string[] =>
  productIds.filter((productId) => !state.revoked.some((block) => block.productId === productId));

export function rejectsProducts(state: PurchaseState, { productIds }: ProductsInput): Refusal | null {
  const isEmpty = productIds !== null && productIds.length === 0;
  const isUnknown = productIds?.some((productId) => !state.terms.productIds.includes(productId));
  if (!isEmpty && !isUnknown) return null;
  return { code: 'unknown_product', field: 'productIds', detail: 'productIds must name products of this purchase.' };
}

export function revokeProducts(
  state: PurchaseState,
  { productIds, calls }: RevokeInput,
  { now, actor }: VerbContext,
): PurchaseState {
  const by = { kind: actor.kind, id: actor.id };
  const also = calls === 'cancel' && { cancelsCalls: true as const };
  const added = stillOpen(state, productIds ?? state.terms.productIds);
  return {
    ...state,
    revoked: [...state.revoked, ...added.map((productId) => ({ productId, since: now, by, ...also }))],
  };
}
