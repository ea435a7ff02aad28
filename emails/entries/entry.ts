/** What the catalogue says of one kind of email. */
export type EmailEntry = {
  /** What people call it. */
  name: string;
  /** Of what it tells: whose facts it is written from. */
  about: 'purchase' | 'contact' | 'account' | 'job';
  /** Who gets it: the person that it is about, all who are told of an account's purchases, one of them, operators, an expert. */
  to: 'contact' | 'admins' | 'admin' | 'operators' | 'expert';
  /** Who may switch it off; what an offer may, its account may too [R4.3]. */
  offBy: 'offer' | 'account' | 'nobody';
  /** The link in it that works once, and what for [R13.2]. */
  oneTimeLink: 'set_password' | 'login' | null;
  /** One of those with which a purchase begins: they are sent one after the other [R13.1, R13.2]. */
  isWelcome: boolean;
};

/** To the customer, of a purchase; an offer may do without it. */
export const OF_A_PURCHASE = {
  about: 'purchase',
  to: 'contact',
  offBy: 'offer',
  oneTimeLink: null,
  isWelcome: false,
} as const satisfies Partial<EmailEntry>;

/** To the account's admins, of a purchase. */
export const NOTICE = {
  about: 'purchase',
  to: 'admins',
  offBy: 'account',
  oneTimeLink: null,
  isWelcome: false,
} as const satisfies Partial<EmailEntry>;

export type Entries = Record<string, EmailEntry>;
