import type { PurchaseState } from '../domain/purchase.ts';
import { rejectsProducts, type ProductsInput } from './revoke.ts';
import type { Verb } from './verb.ts';

/** Lifts the `revoked` block and no other; billing stays, and no email is sent [R6]. */
export const restore: Verb<ProductsInput> = {
  name: 'restore',

  forbids: (state) =>
    state.revoked.length > 0 ? null : { code: 'nothing_to_restore', detail: 'No product of this purchase is revoked.' },

  rejects(state, input) {
    const unknown = rejectsProducts(state, input);
    if (unknown || restored(state, input).length > 0) return unknown;
    return { code: 'nothing_to_restore', field: 'productIds', detail: 'None of these products is revoked.' };
  },

  effect: (state, input) => {
    const lifted = new Set(restored(state, input));
    return { ...state, revoked: state.revoked.filter(({ productId }) => !lifted.has(productId)) };
  },

  reports: (state, input) => ({ entry: 'purchase.restored', data: { productIds: restored(state, input) }, emails: [] }),
};

const restored = (state: PurchaseState, { productIds }: ProductsInput): string[] =>
  state.revoked.map(({ productId }) => productId).filter((productId) => !productIds || productIds.includes(productId));
