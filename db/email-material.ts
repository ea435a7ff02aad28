import type { EntityManager } from '@mikro-orm/postgresql';
import type { EmailKind, Site } from '../emails/catalogue.ts';
import type { Instant } from '../workflows/domain/instant.ts';
import type { EntryData, EntryType } from '../workflows/domain/outcome.ts';
import type { RefusedWrite } from '../workflows/domain/pending.ts';
import type { PurchaseState } from '../workflows/domain/purchase.ts';
import type { Actor } from '../workflows/domain/verb.ts';
import { toInstant, toInstantOrNull } from './instants.ts';

/** A line of the timeline that was recorded together with an email, with what people said of it. */
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

/** Everything of which an email is written: names and addresses are read here, at the last moment [R24.4]. */
export type EmailMaterial = {
  emailId: string;
  accountId: string;
  kind: EmailKind;
  data: EntryData;
  dueAt: Instant;
  site: Site;
  /** The account's clock; null = it lives in real time. */
  clock: Instant | null;
  /** null = the recipient is gone. */
  to: string | null;
  customer: { contactId: string; name: string | null; email: string } | null;
  offerName: string;
  products: string[];
  state: PurchaseState;
  entries: RecordedEntry[];
  /** How many emails of the same record say just the same before this one. */
  rank: number;
  /** The pause's end before this record; undefined = not known. */
  previousResumeAt: Instant | null | undefined;
};

type Found = {
  account_id: string;
  kind: EmailKind;
  data: EntryData;
  due_at: string;
  revision: number;
  rank: number;
  site_name: string;
  time_zone: string;
  support_email: string;
  clock: string | null;
  recipient_kind: 'contact' | 'admin';
  admin_email: string | null;
  contact_id: string | null;
  contact_email: string | null;
  contact_name: string | null;
  offer_name: string;
  snapshot: PurchaseState;
};

// A record key is <purchase>:<revision>:<position>, and what a re-sent email adds to it.
const MATERIAL = `
  select e.account_id, e.kind, e.data, e.due_at, split_part(e.record_key, ':', 2)::int as revision,
    (select count(*)::int from emails o where o.purchase_id = e.purchase_id and o.kind = e.kind and o.recipient_id = e.recipient_id
      and o.resend_of is null and o.data = e.data and o.position < e.position
      and split_part(o.record_key, ':', 2) = split_part(e.record_key, ':', 2)) as rank,
    a.name as site_name, a.time_zone, a.support_email, coalesce(a.clock_step, a.clock_at) as clock,
    e.recipient_kind, ad.email as admin_email, c.id as contact_id, c.email as contact_email, c.name as contact_name,
    o.name as offer_name, p.snapshot
  from emails e join accounts a on a.id = e.account_id
    join purchases p on p.id = e.purchase_id join offers o on o.id = p.offer_id
    left join admins ad on e.recipient_kind = 'admin' and ad.id = e.recipient_id
    left join contacts c on c.id = case when e.recipient_kind = 'contact' then e.recipient_id else p.contact_id end
  where e.id = ?`;

/** @throws when the email belongs to no purchase: every kind of today does */
export async function readEmailMaterial(em: EntityManager, emailId: string): Promise<EmailMaterial> {
  const [found] = await em.execute<Found[]>(MATERIAL, [emailId]);
  if (!found) throw new Error(`email ${emailId} belongs to no purchase`);
  const { snapshot: state, revision } = found;
  const customer = customerOf(found);
  return {
    emailId,
    accountId: found.account_id,
    kind: found.kind,
    data: found.data,
    dueAt: toInstant(found.due_at),
    site: { name: found.site_name, supportEmail: found.support_email, timeZone: found.time_zone },
    clock: toInstantOrNull(found.clock),
    to: found.recipient_kind === 'admin' ? found.admin_email : (customer?.email ?? null),
    customer,
    offerName: found.offer_name,
    products: await productNames(em, state),
    state,
    entries: await recordedEntries(em, state.purchaseId, revision),
    rank: found.rank,
    previousResumeAt: await resumeDateBefore(em, state.purchaseId, revision),
  };
}

/** An erased contact may keep its row for the sake of its money records, but no address. */
function customerOf({ contact_id, contact_email, contact_name }: Found): EmailMaterial['customer'] {
  if (!contact_id || !contact_email?.includes('@')) return null;
  return { contactId: contact_id, name: contact_name, email: contact_email };
}

async function productNames(em: EntityManager, { terms }: PurchaseState): Promise<string[]> {
  const rows = await em.execute<{ name: string }[]>(
    `select p.name from jsonb_array_elements_text(?::jsonb) with ordinality as t(id, n)
     join products p on p.id = t.id::uuid order by t.n`,
    [JSON.stringify(terms.productIds)],
  );
  return rows.map(({ name }) => name);
}

type FoundEntry = Omit<RecordedEntry, 'at' | 'actorLabel' | 'commandId' | 'refused'> & {
  at: string;
  actor_label: string | null;
  command_id: string | null;
  refused: RefusedWrite[] | null;
};

async function recordedEntries(em: EntityManager, purchaseId: string, revision: number): Promise<RecordedEntry[]> {
  const rows = await em.execute<FoundEntry[]>(
    `select t.type, t.at, t.actor, coalesce(ad.email, k.name) as actor_label, t.command_id, t.data, ct.reason, ct.feedback,
       i.answer -> 'effects' -> 'refused' as refused
     from timeline t left join command_texts ct on ct.command_id = t.command_id left join inbox i on i.id = t.command_id
       left join admins ad on ad.id::text = t.actor ->> 'id' left join api_keys k on k.id::text = t.actor ->> 'id'
     where t.purchase_id = ? and t.revision = ? order by t.position`,
    [purchaseId, revision],
  );
  return rows.map(({ actor_label, command_id, at, refused, ...entry }) => ({
    ...entry,
    at: toInstant(at),
    actorLabel: actor_label,
    commandId: command_id,
    refused: refused ?? [],
  }));
}

async function resumeDateBefore(
  em: EntityManager,
  purchaseId: string,
  revision: number,
): Promise<Instant | null | undefined> {
  const [row] = await em.execute<{ resume_at: Instant | null }[]>(
    `select data ->> 'resumeAt' as resume_at from timeline
     where purchase_id = ? and revision < ? and type in ('purchase.paused', 'purchase.resume-date-changed')
     order by revision desc, position desc limit 1`,
    [purchaseId, revision],
  );
  return row?.resume_at;
}
