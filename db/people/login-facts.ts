import { EMAIL_KINDS, EMAILS, type EmailKind } from '../../emails/catalogue.ts';
import type { EmailEntry } from '../../emails/entries/entry.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type {
  ClosedProduct,
  FirstPurchase,
  LoginEmail,
  LoginFacts,
  LoginLink,
  LoginLinkKind,
  PersonFacts,
} from '../../workflows/domain/login-facts.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import { ContactActivity } from '../entities/contact-activity.ts';
import { Contact } from '../entities/contact.ts';
import { LoginToken } from '../entities/login-token.ts';
import { toInstant, toInstantOrNull } from '../instants.ts';
import { listSuppressions } from '../mail/suppressions.ts';
import { explainAccess, type ExplainedProduct } from '../purchase/explain-access.ts';
import { query, sql } from '../sql.ts';
import { endOfToken } from './login-tokens.ts';
import { lockOf, trySubject } from './login-tries.ts';
import { nearAddresses } from './near-addresses.ts';

const LINK_KINDS: readonly LoginLinkKind[] = ['set_password', 'reset_password', 'login'];

/** What a kind of email lets its reader do. */
const linkOf = (kind: EmailKind): LoginLinkKind | null => {
  const { oneTimeLink }: EmailEntry = EMAILS[kind];
  return LINK_KINDS.find((one) => one === oneTimeLink) ?? null;
};

/** The emails by which customers get in, and those that tell them that they can. */
const ENTRANCES = [
  ...EMAIL_KINDS.filter((kind) => linkOf(kind) !== null),
  'purchase-confirmation',
  'offer-grant-confirmation',
] satisfies EmailKind[];

/** Under what wrong passwords of an address are counted; without a password it is nobody's. */
export const subjectsOf = (email: string, contactId: string | null): string[] => [
  trySubject('nobody', `contact:${email}`),
  ...(contactId === null ? [] : [trySubject('contact', contactId)]),
];

/** All that decides why whoever has this address cannot log in. */
export async function loginFacts(em: Scoped, email: string, now: Instant): Promise<LoginFacts> {
  const named = await em.findOne(Contact, { email });
  const stays = named?.mergedInto && named.erasedAt ? await em.findOne(Contact, { id: named.mergedInto }) : null;
  const contact = stays ?? named;
  const isSought = contact?.customerSince == null && !contact?.erasedAt;
  return {
    now,
    person: contact && (await personFacts(em, contact, now)),
    merged: stays && named?.erasedAt ? { at: named.erasedAt, into: toMatch(stays) } : null,
    nearMatches: isSought ? await nearAddresses(em, email) : [],
    lock: await lockOf(em, subjectsOf(email, contact?.id ?? null)),
  };
}

const toMatch = ({ id: contactId, email, customerSince }: Contact) => {
  return { contactId, email, isCustomer: customerSince !== null };
};

async function personFacts(em: Scoped, contact: Contact, now: Instant): Promise<PersonFacts> {
  const { id: contactId, createdAt, customerSince, passwordDroppedAt } = contact;
  const emails = await emailsTo(em, contact);
  const { products } = await explainAccess(em, contactId, now);
  return {
    contactId,
    createdAt,
    customerSince,
    passwordDroppedAt,
    erasedAt: contact.erasedAt,
    hasPassword: contact.passwordHash !== null,
    lastLoginAt: (await em.findOne(ContactActivity, { contactId }))?.lastLoginAt ?? null,
    first: await firstPurchase(em, contactId),
    emails,
    links: await linksOf(em, contactId, emails),
    suppressedSince: await suppressedSince(em, contact),
    closed: products.flatMap(closedProduct),
  };
}

/** What an earlier address has done is not the new one's. */
async function suppressedSince(em: Scoped, { id, addressSince }: Contact): Promise<Instant | null> {
  const { rows } = await listSuppressions(em, id, { limit: 1, after: null });
  return rows.find(({ since }) => addressSince === null || since > addressSince)?.since ?? null;
}

type EmailRow = Omit<LoginEmail, 'link'> & { kind: EmailKind };

/** The newest of each kind to the present address, the newest first. */
async function emailsTo(em: Scoped, { id, addressSince }: Contact): Promise<LoginEmail[]> {
  const rows = await query<EmailRow>(
    em,
    sql`select * from (
       select distinct on (kind) id as "emailId", kind, state, reason, due_at as "dueAt", sent_at as "sentAt", delayed_at as "delayedAt"
       from emails where account_id = ${accountIdOf(em)} and recipient_id = ${id} and recipient_kind = 'contact' and merged_from is null
         and kind = any(${ENTRANCES}::text[]) and due_at > coalesce(${addressSince}::timestamptz, '-infinity')
       order by kind, due_at desc, id desc) newest
     order by "dueAt" desc, "emailId" desc`,
  );
  return rows.map(({ kind, ...row }) => ({
    ...row,
    link: linkOf(kind),
    dueAt: toInstant(row.dueAt),
    sentAt: toInstantOrNull(row.sentAt),
    delayedAt: toInstantOrNull(row.delayedAt),
  }));
}

/** So many of the newest links are looked at. */
const MOST_LINKS = 20;

/** The links that are kept, and those of emails whose link is kept no more, the newest first. */
async function linksOf(em: Scoped, contactId: string, emails: LoginEmail[]): Promise<LoginLink[]> {
  const rows = await em.find(
    LoginToken,
    { contactId, kind: { $in: [...LINK_KINDS] } },
    { orderBy: { createdAt: 'desc', tokenHash: 'asc' }, limit: MOST_LINKS, disableIdentityMap: true },
  );
  const kept = new Set(rows.map(({ emailId }) => emailId));
  const links = rows.map(({ kind, emailId, createdAt, expiresAt, usedAt, openedAt, refusedAt }): LoginLink => {
    return { kind: kind as LoginLinkKind, emailId, createdAt, expiresAt, usedAt, openedAt, refusedAt };
  });
  const gone = emails.flatMap(({ emailId, link, sentAt }): LoginLink[] =>
    link === null || sentAt === null || kept.has(emailId) ? [] : [ofEmail(emailId, link, sentAt)],
  );
  return [...links, ...gone].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

const ofEmail = (emailId: string, kind: LoginLinkKind, createdAt: Instant): LoginLink => {
  const untouched = { usedAt: null, openedAt: null, refusedAt: null };
  return { kind, emailId, createdAt, expiresAt: endOfToken(kind, createdAt), ...untouched };
};

/** What made somebody a customer; which email went out then, and by whom it was switched off. */
async function firstPurchase(em: Scoped, contactId: string): Promise<FirstPurchase | null> {
  const [row] = await query<FirstPurchase>(
    em,
    sql`with f as (
       select p.*, case p.origin when 'granted' then 'member-welcome' else 'purchase-confirmation' end as kind from purchases p
       where p.account_id = ${accountIdOf(em)} and p.contact_id = ${contactId} and p.started_at is not null
       order by p.started_at, p.id limit 1)
     select f.id as "purchaseId", f.offer_id as "offerId", o.name as "offerName", f.origin, f.started_at as "startedAt",
       (select e.id from emails e where e.purchase_id = f.id and e.kind = f.kind order by e.due_at desc, e.id desc limit 1) as "emailId",
       case when exists (select from inbox i where i.subject_id = f.id and i.kind = 'grant' and i.input @> '{"skipWelcome": true}') then 'grant'
         when f.snapshot #> '{terms,emailsOff}' ? f.kind then 'offer'
         when a.settings -> 'emailsOff' ? f.kind then 'account' end as "offBy"
     from f join accounts a on a.id = f.account_id join offers o on o.id = f.offer_id`,
  );
  return row ? { ...row, startedAt: toInstant(row.startedAt) } : null;
}

/** Of the ways to it, one that says why it is closed. */
function closedProduct({ productId, productName, reach, ways }: ExplainedProduct): ClosedProduct[] {
  const way = ways.find(({ blocks }) => blocks.length > 0);
  if (reach.access || way === undefined) return [];
  const { purchaseId, offerName, blocks } = way;
  return [{ productId, productName, purchaseId, offerName, opensAt: reach.from, blocks }];
}
