import type { EntityManager } from '@mikro-orm/postgresql';
import type { EmailKind, EmailWords, Site } from '../../emails/catalogue.ts';
import type { MethodNamed } from '../../emails/words/card.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { EntryData, EntryType } from '../../workflows/domain/outcome.ts';
import type { RefusedWrite } from '../../workflows/domain/pending.ts';
import type { Marketing } from '../../workflows/domain/marketing.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { liftSnapshot } from '../../workflows/domain/snapshot.ts';
import { selfCancelOf, type AccountSettings, type SiteLook } from '../../workflows/domain/settings.ts';
import type { Actor, Role } from '../../workflows/domain/verb.ts';
import type { PaymentReceipt } from '../money/receipts.ts';
import { wholeState } from '../money/recalled-payments.ts';
import { emailSite } from './email-site.ts';
import type { EmailRow } from './emails.ts';
import type { EmailState, RecipientKind } from '../entities/email.ts';
import { toInstant, toInstantOrNull } from '../instants.ts';
import { query } from '../sql.ts';
import { emailStatement } from './email-statement.ts';

/** A line of the timeline that an email tells of, with what people said of it. */
export type RecordedEntry = {
  type: EntryType;
  at: Instant;
  actor: Actor;
  /** The email of an admin or operator, the name of an API key. */
  actorLabel: string | null;
  commandId: string | null;
  data: EntryData;
  reason: string | null;
  feedback: string | null;
  /** What Stripe refused of its command. */
  refused: RefusedWrite[];
};

/**
 * Everything of which an email is written: names and addresses are read here, at the last moment
 * [R24.4].
 */
export type EmailMaterial = {
  emailId: string;
  accountId: string;
  kind: EmailKind;
  data: EntryData;
  dueAt: Instant;
  site: Site;
  /** The account's own of this kind; null = ours. */
  words: EmailWords | null;
  /** Where the site's pages are. */
  slug: string;
  /** Whether its customers may cancel by themselves [R9]. */
  maySelfCancel: boolean;
  /** The account's clock; null = it lives in real time. */
  clock: Instant | null;
  /** null = the recipient is gone. */
  to: string | null;
  customer: { contactId: string; name: string | null; email: string } | null;
  /** Whether its recipient has subscribed; null = it is not marketing, and goes to everybody. */
  marketing: Marketing | null;
  /** In which zone the customer reads the times of calls. */
  customerZone: string;
  /** The expert whom it is to or about; null = none. */
  expert: ExpertMaterial | null;
  /** The admin whom it is to; null = it is to somebody else. */
  admin: AdminMaterial | null;
  /** null = it belongs to none. */
  purchase: PurchaseMaterial | null;
};

/** What an email may say of an expert; `meetingUrl`: of a seat, that of its office hours. */
export type ExpertMaterial = {
  expertId: string;
  linkNumber: number;
  name: string;
  email: string;
  timeZone: string;
  meetingUrl: string;
};

/** `invitedBy`: the email of who invited them; null = nobody whom we could name. */
export type AdminMaterial = { adminId: string; email: string; role: Role; invitedBy: string | null };

/** What is known of the purchase of which an email tells. */
export type PurchaseMaterial = {
  offerName: string;
  products: string[];
  state: PurchaseState;
  /** What it tells of; null = nothing in the timeline, or it is of 0.1 and not known. */
  occasion: RecordedEntry | null;
  /** Offers that the email names besides, by id. */
  offerNames: Record<string, string>;
  /** The pause's end before that; undefined = not known. */
  previousResumeAt: Instant | null | undefined;
  /** Of payments of which Stripe was asked. */
  receipts: Record<string, PaymentReceipt>;
  /** The numbers of its receipts, by payment. */
  receiptNumbers: Record<string, number>;
  /** What is charged next, where the email says so and Stripe was asked; else null. */
  chargedTo: MethodNamed | null;
};

/** Everything of which an email about a purchase is written. */
export type MaterialOfPurchase = EmailMaterial & { purchase: PurchaseMaterial };

type Found = {
  state: EmailState;
  attempts: number;
  is_marketing: boolean;
  marketing: Marketing | null;
  first_tried_at: string | null;
  subject: string | null;
  html: string | null;
  text: string | null;
  account_id: string;
  kind: EmailKind;
  data: EntryData;
  due_at: string;
  site_name: string;
  slug: string;
  time_zone: string;
  support_email: string;
  look: Partial<SiteLook>;
  /** Its recipient's; null = the account has none of its own either. */
  language: string | null;
  settings: AccountSettings;
  words: EmailWords | null;
  clock: string | null;
  recipient_kind: RecipientKind;
  calendar: string | null;
  expert: ExpertMaterial | null;
  admin: AdminMaterial | null;
  contact_id: string | null;
  contact_email: string | null;
  contact_name: string | null;
  contact_zone: string | null;
  /** null = it belongs to no purchase, nor has it what a purchase has. */
  offer_name: string | null;
  snapshot: object | null;
  products: string[];
  occasion: RecordedEntry | null;
  offer_names: Record<string, string> | null;
  receipts: Record<string, PaymentReceipt> | null;
  receipt_numbers: Record<string, number> | null;
  paused_before: { resumeAt: Instant | null } | null;
};

/** One email and everything of which it is written; null where there is none. */
export async function readEmail(
  em: EntityManager,
  emailId: string,
): Promise<{ row: EmailRow; material: EmailMaterial } | null> {
  const [found] = await query<Found>(em, emailStatement(emailId));
  if (!found) return null;
  const state = found.snapshot && (await wholeState(em, liftSnapshot(found.snapshot)));
  return { row: toRow(emailId, found), material: toMaterial(emailId, found, state) };
}

function toRow(emailId: string, found: Found): EmailRow {
  const { kind, state, attempts, is_marketing: isMarketing, first_tried_at, subject, html, text, calendar } = found;
  const rendered = subject === null || html === null || text === null ? null : { subject, html, text, calendar };
  return { emailId, kind, state, isMarketing, attempts, firstTriedAt: toInstantOrNull(first_tried_at), rendered };
}

function toMaterial(emailId: string, found: Found, state: PurchaseState | null): EmailMaterial {
  const customer = customerOf(found);
  return {
    emailId,
    accountId: found.account_id,
    kind: found.kind,
    data: found.data,
    dueAt: toInstant(found.due_at),
    slug: found.slug,
    site: siteOf(found),
    words: found.words,
    maySelfCancel: selfCancelOf(found.settings).isOn,
    clock: toInstantOrNull(found.clock),
    to:
      // What a team has booked goes to the owner, once whoever booked it is gone.
      {
        admin: found.admin?.email ?? (found.data.bookedBy ? customer?.email : undefined),
        contact: customer?.email,
        expert: found.expert?.email,
      }[found.recipient_kind] ?? null,
    expert: found.expert,
    admin: found.admin,
    customer,
    marketing: found.marketing,
    customerZone: found.contact_zone ?? found.time_zone,
    purchase: state && purchaseOf(found, state),
  };
}

const siteOf = ({ site_name: name, support_email: supportEmail, time_zone: timeZone, look, language }: Found): Site =>
  emailSite({ name, supportEmail, timeZone, site: look }, language);

function purchaseOf(found: Found, state: PurchaseState): PurchaseMaterial {
  const { offer_name, products, occasion, offer_names, paused_before, receipts, receipt_numbers } = found;
  return {
    offerName: offer_name ?? '',
    products,
    state,
    occasion: occasion && { ...occasion, at: toInstant(occasion.at) },
    offerNames: offer_names ?? {},
    previousResumeAt: paused_before?.resumeAt,
    receipts: receipts ?? {},
    receiptNumbers: receipt_numbers ?? {},
    chargedTo: null,
  };
}

/** An erased contact may keep its row for the sake of its money records, but no address. */
function customerOf({ contact_id, contact_email, contact_name }: Found): EmailMaterial['customer'] {
  if (!contact_id || !contact_email?.includes('@')) return null;
  return { contactId: contact_id, name: contact_name, email: contact_email };
}
