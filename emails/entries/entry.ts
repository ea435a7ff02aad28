import type { Variables } from './variable.ts';

/**
 * What the catalogue says of one kind of email: the only place where its facts and text are
 * declared [R13.3].
 */
export type EmailEntry = {
  /** What people call it. */
  name: string;
  /** What it is about, and so whose facts it is written from. */
  about: 'purchase' | 'contact' | 'account' | 'job';
  /**
   * Who gets it: the person that it is about, all admins who are notified of an account's
   * purchases, one of them, operators, an expert.
   */
  to: 'contact' | 'admins' | 'admin' | 'operators' | 'expert';
  /** Who may switch it off; what an offer may, its account may too [R4.3]. */
  offBy: 'offer' | 'account' | 'nobody';
  /** Only those who subscribed get it, with a link to unsubscribe [R3.4]; absent = everybody. */
  isMarketing?: true;
  /** The link in it that works once, and what for [R13.2]. */
  oneTimeLink:
    | 'set_password'
    | 'login'
    | 'reset_password'
    | 'take_free'
    | 'confirm_admin'
    | 'confirm_opt_in'
    | 'reset_admin'
    | null;
  /**
   * One of the emails at the beginning of a purchase: they are sent one after the other [R13.1,
   * R13.2].
   */
  isWelcome: boolean;
  /** What its attached file does to the event in calendars; absent = it has none. */
  calendar?: 'REQUEST' | 'CANCEL';
  /** What is known when it is written; all of it must be filled in. */
  variables: Variables;
  text: EmailText;
  /** Lines of label and variable; a line whose variable is empty is left out. */
  facts: readonly (readonly [label: string, variable: string])[];
  /** The variable among the facts that is the sum of the lines above it. */
  total?: string;
  /** The one thing to do; `url` is a variable. `mayBeMissing`: an email may do without it. */
  action?: { label: string; url: string; mayBeMissing?: true };
  /** What may be kept, below the text; it is left out where its address is not known. */
  file?: { label: string; url: string };
  /** What may be done besides, below all else; it is left out where its address is not known. */
  more?: { label: string; url: string };
};

/**
 * Plain text in which `{{variable}}` stands for a variable, and `{{siteName}}` for the site. A
 * paragraph that is `{{facts}}` or `{{action}}` is where those are shown; one that comes to nothing
 * is left out.
 */
export type EmailText = {
  subject: string;
  /** What an inbox shows beside the subject. */
  preview: string;
  heading: string;
  body: readonly string[];
};

export type Entries = Record<string, EmailEntry>;

/** To the customer, of a purchase; an offer may do without it. */
export const OF_A_PURCHASE = {
  about: 'purchase',
  to: 'contact',
  offBy: 'offer',
  oneTimeLink: null,
  isWelcome: false,
} as const satisfies Partial<EmailEntry>;

/** What every email to a customer of a purchase knows. */
export const CUSTOMER = { contactName: 'text?', offerName: 'text' } as const satisfies Variables;

/** The same of one that is theirs: where they see what is paid, and end it where they may [R9]. */
export const OWNER = {
  ...CUSTOMER,
  manageUrl: 'url?',
  mayCancel: { when: 'Manage or cancel your subscription', otherwise: 'See your billing' },
} as const satisfies Variables;

/** A payment's receipt, as a file. */
export const RECEIPT = { label: 'Receipt as a PDF', url: 'receiptUrl' } as const;

/** Where they do so. */
export const MANAGE = { label: '{{mayCancel}}', url: 'manageUrl' } as const;
