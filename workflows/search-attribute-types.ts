/**
 * The search attributes and their types. A Temporal server must know each of them before a workflow
 * sets it; otherwise the workflow is stuck. The workflows, `ops search-attributes` and the dev
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
  Credits: 'Int',
} as const;

export type SearchAttributeName = keyof typeof searchAttributes;
