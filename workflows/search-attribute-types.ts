/**
 * The search attributes by name, with their types: a Temporal server must know each before a
 * workflow sets it, or the workflow is blocked. The workflows, `ops search-attributes` and the dev
 * server of `npm start` all read this list.
 */
export const searchAttributes = {
  AccountId: 'Keyword',
  ContactId: 'Keyword',
  OfferId: 'Keyword',
  BillingStatus: 'Keyword',
  AccessStatus: 'Keyword',
  NextDueKind: 'Keyword',
  NextDueAt: 'Datetime',
  TestClock: 'Bool',
  NeedsAttention: 'Bool',
  StuckReason: 'Keyword',
} as const;

export type SearchAttributeName = keyof typeof searchAttributes;
