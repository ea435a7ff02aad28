import type { Verb } from './verb.ts';

export type ChangeContactInput = { contactId: string };

/**
 * Hands a purchase that is for an account over to its new owner: what it is and gives stays, and
 * who had it sees nothing more [R18.5].
 */
export const changeContact: Verb<ChangeContactInput> = {
  name: 'change-contact',

  forbids: ({ forAccountId }) => (forAccountId === undefined ? 'It is for nobody but its contact.' : null),

  rejects: (state, { contactId }) =>
    state.contactId === contactId ? { code: 'unchanged', detail: 'It is theirs already.' } : null,

  writes: () => [],

  effect: (state, { contactId }) => ({ ...state, contactId }),

  reports: ({ contactId: fromContactId }, { contactId }) => ({
    entry: 'purchase.contact-changed',
    data: { fromContactId, contactId },
    emails: [],
  }),
};
