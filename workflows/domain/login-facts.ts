import type { Block } from './access.ts';
import type { Instant } from './instant.ts';

/** What a link that is mailed to a customer does. */
export type LoginLinkKind = 'set_password' | 'reset_password' | 'login';

/** The newest email of its kind to the present address of a contact. */
export type LoginEmail = {
  emailId: string;
  /** What its one-time link does; null = it has none. */
  link: LoginLinkKind | null;
  state: 'queued' | 'sent' | 'delivered' | 'bounced' | 'complained' | 'suppressed' | 'failed' | 'unknown';
  /** The provider's text where it did not arrive. */
  reason: string | null;
  dueAt: Instant;
  sentAt: Instant | null;
  delayedAt: Instant | null;
};

/** A one-time link, or what its email says of one that is kept no more. */
export type LoginLink = {
  kind: LoginLinkKind;
  emailId: string | null;
  createdAt: Instant;
  expiresAt: Instant;
  /** When it was used up, by whoever had it or with another one. */
  usedAt: Instant | null;
  openedAt: Instant | null;
  /** When it was last tried although it was used up or over. */
  refusedAt: Instant | null;
};

/** By whom an email was switched off; `grant`: whoever granted it skipped it. */
export type SwitchedOffBy = 'account' | 'offer' | 'grant';

/** What made a contact a customer. */
export type FirstPurchase = {
  purchaseId: string;
  offerId: string;
  offerName: string;
  origin: 'bought' | 'granted';
  startedAt: Instant;
  /** Why no welcome (granted) or confirmation (bought) goes out; null = it does. */
  offBy: SwitchedOffBy | null;
  /** The email that it got then; null = none. */
  emailId: string | null;
};

/** A product that none of their purchases opens: the way that comes closest. */
export type ClosedProduct = {
  productId: string;
  productName: string;
  purchaseId: string;
  offerName: string;
  /** When it is known to open by itself. */
  opensAt: Instant | null;
  blocks: Block[];
};

/** A contact whose address is nearly the one that was asked for. */
export type NearMatch = { contactId: string; email: string; isCustomer: boolean };

export type PersonFacts = {
  contactId: string;
  createdAt: Instant;
  customerSince: Instant | null;
  erasedAt: Instant | null;
  hasPassword: boolean;
  /** When a password was dropped that nobody had proved to be theirs. */
  passwordDroppedAt: Instant | null;
  lastLoginAt: Instant | null;
  first: FirstPurchase | null;
  /** One of each kind, the newest first. */
  emails: LoginEmail[];
  /** The newest first. */
  links: LoginLink[];
  /** Since when the provider sends nothing to the address; null = it does. */
  suppressedSince: Instant | null;
  closed: ClosedProduct[];
};

/** All that decides why somebody cannot log in; `now` = the account's. */
export type LoginFacts = {
  now: Instant;
  /** null = nobody has the address; of one that was merged, the one that stays. */
  person: PersonFacts | null;
  /** The address is that of a contact that was merged; null = it is not. */
  merged: { at: Instant; into: NearMatch } | null;
  nearMatches: NearMatch[];
  /** Wrong passwords keep them out, by real time; null = they do not. */
  lock: { since: Instant; until: Instant } | null;
};
