/** What a contact has already, beside which a purchase of another one cannot be theirs too. */
export type Rival = { kind: 'already_live' | 'group_taken' | 'already_booked'; purchaseId: string };
