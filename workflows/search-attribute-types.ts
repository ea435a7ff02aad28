/** The search attributes that a Temporal server must know before a workflow may use them, with their types. */
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
