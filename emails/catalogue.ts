import { ACCOUNT_ENTRIES } from './entries/accounts.ts';
import { ADD_ON_ENTRIES } from './entries/add-on.ts';
import { CHARGE_AHEAD_ENTRIES } from './entries/charges-ahead.ts';
import { CREDIT_ENTRIES } from './entries/credits.ts';
import { CALL_ENTRIES } from './entries/calls.ts';
import type { EmailEntry } from './entries/entry.ts';
import type { LanguageCode } from './languages/codes.ts';
import { LOGIN_ENTRIES } from './entries/logins.ts';
import { MARKETING_ENTRIES } from './entries/marketing.ts';
import { MONEY_ENTRIES } from './entries/money.ts';
import { NOTICE_ENTRIES } from './entries/notices.ts';
import { OFFER_CHANGE_ENTRIES } from './entries/offer-changes.ts';
import { PAYMENT_TROUBLE_ENTRIES } from './entries/payment-trouble.ts';
import { PLAN_ENTRIES } from './entries/plans.ts';
import { PURCHASE_ENTRIES } from './entries/purchases.ts';
import { REQUEST_ENTRIES } from './entries/requests.ts';
import type { ValueOf } from './entries/variable.ts';

/** Every email that the service sends, each with all that is said of its kind [R13.3]. */
export const EMAILS = {
  ...PURCHASE_ENTRIES,
  ...PLAN_ENTRIES,
  ...REQUEST_ENTRIES,
  ...ADD_ON_ENTRIES,
  ...OFFER_CHANGE_ENTRIES,
  ...MONEY_ENTRIES,
  ...CHARGE_AHEAD_ENTRIES,
  ...PAYMENT_TROUBLE_ENTRIES,
  ...LOGIN_ENTRIES,
  ...MARKETING_ENTRIES,
  ...ACCOUNT_ENTRIES,
  ...CREDIT_ENTRIES,
  ...NOTICE_ENTRIES,
  ...CALL_ENTRIES,
};

export type EmailKind = keyof typeof EMAILS;

export const EMAIL_KINDS = Object.keys(EMAILS) as EmailKind[];

/** Whether only those who subscribed get it [R3.4]. */
export const isMarketing = (kind: EmailKind): boolean => {
  const entry: EmailEntry = EMAILS[kind];
  return entry.isMarketing === true;
};

/** The kinds of which the catalogue says this. */
export type KindsWhere<Said extends Partial<EmailEntry>> = {
  [K in EmailKind]: (typeof EMAILS)[K] extends Said ? K : never;
}[EmailKind];

export const kindsWhere = <const Said extends Partial<EmailEntry>>(said: Said): KindsWhere<Said>[] =>
  EMAIL_KINDS.filter((kind) => {
    const entry: EmailEntry = EMAILS[kind];
    return Object.entries(said).every(([name, value]) => entry[name as keyof EmailEntry] === value);
  }) as KindsWhere<Said>[];

/** The site that an email is from: shown in its frame; its IANA zone writes the instants [R1.3]. */
export type Site = {
  name: string;
  supportEmail: string;
  timeZone: string;
  /** `#rrggbb`; null = Perennial's own. */
  color: string | null;
  logoUrl: string | null;
  postalAddress: string | null;
  /** In which its emails are written; absent = English. */
  language?: LanguageCode | undefined;
};

/**
 * What an email is written from, as plain JSON: the site, and a value for each variable of its
 * entry.
 */
export type EmailProps<K extends EmailKind> = {
  site: Site;
} & { -readonly [V in keyof (typeof EMAILS)[K]['variables']]: ValueOf<(typeof EMAILS)[K]['variables'][V]> };

/** Bytes ready to be sent; nothing in them is fetched from elsewhere. */
export type RenderedEmail = { subject: string; html: string; text: string };

export type { EmailWords } from './own-words.ts';
export type { Charge, EmailActor, Line, Period } from './entries/variable.ts';
