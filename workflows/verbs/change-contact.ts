import type { PurchaseState } from '../domain/purchase.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { Rival } from '../domain/rival.ts';
import type { Verb } from './verb.ts';

export type ChangeContactInput = { contactId: string };

/**
 * Hands a purchase over: one that is for an account to its new owner [R18.5], any other to the
 * contact into whom its own is merged. What it is and gives stays, and who had it sees nothing
 * more. It may be a checkout still, which is then paid as that contact's.
 */
export const changeContact: Verb<ChangeContactInput> = {
  name: 'change-contact',

  forbids: () => null,

  rejects(state, { contactId }, { rival }) {
    if (state.contactId === contactId) return { code: 'unchanged', detail: 'It is theirs already.' };
    return rival ? inTheWay(rival) : null;
  },

  writes: () => [],

  effect: (state, { contactId }) => ({ ...state, contactId, ...chargedAsBefore(state) }),

  reports: ({ contactId: fromContactId }, { contactId }) => ({
    entry: 'purchase.contact-changed',
    data: { fromContactId, contactId },
    emails: [],
  }),
};

/** Its subscription and its card are of the customer at Stripe to whom it was sold. */
const chargedAsBefore = ({ forAccountId, soldTo, contactId }: PurchaseState): Pick<PurchaseState, 'soldTo'> =>
  forAccountId === undefined ? { soldTo: soldTo ?? contactId } : {};

const inTheWay = ({ kind, purchaseId }: Rival): Refusal => ({
  code: kind,
  detail: DETAILS[kind],
  purchaseIds: [purchaseId],
});

const DETAILS: Record<Rival['kind'], string> = {
  already_live: 'They have the same offer, and it is live.',
  group_taken: 'They have another offer of the same group, and it is live.',
  already_booked: 'They have a seat in the same office hours.',
};
