import type { EntityManager } from '@mikro-orm/postgresql';
import type { EmailKind, Site } from '../../emails/catalogue.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { EntryData, EntryType } from '../../workflows/domain/outcome.ts';
import type { RefusedWrite } from '../../workflows/domain/pending.ts';
import type { Marketing } from '../../workflows/domain/marketing.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { liftSnapshot } from '../../workflows/domain/snapshot.ts';
import { lookOf, selfCancelOf, type AccountSettings, type SiteLook } from '../../workflows/domain/settings.ts';
import type { Actor, Role } from '../../workflows/domain/verb.ts';
import type { PaymentReceipt } from '../money/receipts.ts';
import { wholeState } from '../money/recalled-payments.ts';
import type { EmailRow } from './emails.ts';
import type { EmailState, RecipientKind } from '../entities/email.ts';
import { toInstant, toInstantOrNull } from '../instants.ts';
import { query, sql } from '../sql.ts';

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
  settings: AccountSettings;
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
  paused_before: { resumeAt: Instant | null } | null;
};

const PRODUCTS = sql`
  array(select pr.name from jsonb_array_elements_text(p.snapshot -> 'terms' -> 'productIds') with ordinality as t(id, n)
    join products pr on pr.id = t.id::uuid order by t.n)`;

const OFFER_NAMES = sql`
  (select jsonb_object_agg(n.id, n.name) from offers n
    where n.id in ((r.data ->> 'offerId')::uuid, (r.data ->> 'fromOfferId')::uuid))`;

const OCCASION = sql`
  (select jsonb_build_object('type', t.type, 'at', t.at, 'actor', t.actor, 'actorLabel', coalesce(ta.email, k.name),
      'commandId', t.command_id, 'data', t.data, 'reason', ct.reason, 'feedback', ct.feedback,
      'refused', coalesce(i.answer -> 'effects' -> 'refused', '[]'))
    from timeline t left join command_texts ct on ct.command_id = t.command_id left join inbox i on i.id = t.command_id
      left join admins ta on ta.id::text = t.actor ->> 'id' left join api_keys k on k.id::text = t.actor ->> 'id'
    where t.id = r.timeline_id)`;

const PAUSED_BEFORE = sql`
  (select jsonb_build_object('resumeAt', t.data -> 'resumeAt') from timeline t
    where t.purchase_id = r.purchase_id and t.revision < r.revision and t.type in ('purchase.paused', 'purchase.resume-date-changed')
    order by t.revision desc, t.position desc limit 1)`;

const RECEIPTS = sql`
  (select jsonb_object_agg(y.id, jsonb_build_object('number', y.receipt_number,
      'card', case when y.card_brand is not null then jsonb_build_object('brand', y.card_brand, 'last4', y.card_last4) end))
    from payments y where y.account_id = p.account_id and y.purchase_id = p.id and y.is_card_read)`;

const EXPERT = sql`
  (select jsonb_build_object('expertId', x.id, 'linkNumber', x.link_number, 'name', x.name, 'email', x.email, 'timeZone', x.time_zone,
      'meetingUrl', coalesce((select b.meeting_url from office_hours b where b.id = (r.data ->> 'blockId')::uuid), x.meeting_url))
    from experts x where x.id = (r.data ->> 'expertId')::uuid and x.account_id = r.account_id)`;

const ADMIN = sql`
  (select jsonb_build_object('adminId', ad.id, 'email', ad.email, 'role', ad.role,
      'invitedBy', (select by.email from admins by where by.id::text = ad.invited_by ->> 'id'))
    from admins ad where r.recipient_kind = 'admin' and ad.id = r.recipient_id and ad.removed_at is null)`;

const email = (emailId: string) => sql`
  select r.account_id, r.kind, r.is_marketing,
    case when r.is_marketing and c.id is not null then jsonb_build_object('status', c.marketing_status, 'reason', c.unsubscribed_reason) end as marketing,
    r.data, r.due_at, r.state, r.attempts, r.first_tried_at, r.subject, r.html, r.text, r.calendar,
    ${EXPERT} as expert, ${ADMIN} as admin,
    a.name as site_name, a.slug, a.time_zone, a.support_email, a.site as look, a.settings, coalesce(a.clock_step, a.clock_at) as clock,
    r.recipient_kind, c.id as contact_id, c.email as contact_email, c.name as contact_name, c.time_zone as contact_zone,
    o.name as offer_name, p.snapshot, ${PRODUCTS} as products, ${OCCASION} as occasion, ${OFFER_NAMES} as offer_names, ${PAUSED_BEFORE} as paused_before, ${RECEIPTS} as receipts
  from emails r join accounts a on a.id = r.account_id
    left join purchases p on p.id = r.purchase_id left join offers o on o.id = p.offer_id
    left join contacts c on c.id = case when r.recipient_kind = 'contact' then r.recipient_id else p.contact_id end
  where r.id = ${emailId}`;

/** One email and everything of which it is written; null where there is none. */
export async function readEmail(
  em: EntityManager,
  emailId: string,
): Promise<{ row: EmailRow; material: EmailMaterial } | null> {
  const [found] = await query<Found>(em, email(emailId));
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

function siteOf({ site_name: name, support_email: supportEmail, time_zone: timeZone, look }: Found): Site {
  const { color, logoUrl, postalAddress } = lookOf({ site: look });
  return { name, supportEmail, timeZone, color, logoUrl, postalAddress };
}

function purchaseOf(found: Found, state: PurchaseState): PurchaseMaterial {
  const { offer_name, products, occasion, offer_names, paused_before, receipts } = found;
  return {
    offerName: offer_name ?? '',
    products,
    state,
    occasion: occasion && { ...occasion, at: toInstant(occasion.at) },
    offerNames: offer_names ?? {},
    previousResumeAt: paused_before?.resumeAt,
    receipts: receipts ?? {},
  };
}

/** An erased contact may keep its row for the sake of its money records, but no address. */
function customerOf({ contact_id, contact_email, contact_name }: Found): EmailMaterial['customer'] {
  if (!contact_id || !contact_email?.includes('@')) return null;
  return { contactId: contact_id, name: contact_name, email: contact_email };
}
