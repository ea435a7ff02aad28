import type { Store } from '../store/open-store.ts';

/**
 * One thing that people look at; `paths(n)` = what is read for the n-th look, one after the other.
 */
export type Ask = {
  name: string;
  kind: AskKind;
  /** Not of the measure; shown without a limit. */
  isBeside?: boolean;
  paths: (n: number) => string[];
};

/** What of it is alike in how it grows: a `scan` may read much of an index, as a count does. */
export type AskKind = 'page' | 'list' | 'search' | 'scan';

type Ids = {
  purchases: string[];
  contacts: string[];
  emails: string[];
  offers: string[];
  products: string[];
  deep: Record<Key, string>;
};
type Key = keyof typeof KEYS;

/** Lists by what they are sorted, and in Postgres. */
const KEYS = {
  startedAt: { table: 'purchases', order: 'started_at desc, id desc', column: 'started_at' },
  nextDueAt: { table: 'purchases', order: `coalesce(next_due_at, 'infinity'), id`, column: 'next_due_at' },
  nextChargeAt: { table: 'purchases', order: `coalesce(next_charge_at, 'infinity'), id`, column: 'next_charge_at' },
  createdAt: { table: 'contacts', order: 'created_at desc, id desc', column: 'created_at' },
  email: { table: 'contacts', order: 'email, id', column: 'email' },
} as const;

/** Everything that the pages of contacts and purchases read. */
export async function asksOf(store: Store): Promise<Ask[]> {
  const ids = await idsOf(store);
  const besides = otherAsks(ids).map((ask) => ({ ...ask, isBeside: true }));
  return [...pageAsks(ids), ...purchaseAsks(ids), ...contactAsks(ids), ...countAsks, ...besides];
}

const one = (kind: AskKind, name: string, path: string): Ask => ({ name, kind, paths: () => [path] });
const at = (list: string[], n: number): string => list[n % list.length] ?? '';

const pageAsks = ({ purchases }: Ids): Ask[] => [
  {
    name: 'purchase page',
    kind: 'page',
    paths: (n) => {
      const id = at(purchases, n);
      return [
        `/v1/purchases/${id}`,
        `/v1/purchases/${id}/timeline`,
        `/v1/emails?purchaseId=${id}`,
        `/v1/payments?purchaseId=${id}`,
      ];
    },
  },
];

const list = '/v1/purchases';

const purchaseAsks = ({ contacts, offers, deep }: Ids): Ask[] => [
  one('list', 'purchases, newest', list),
  one('list', 'purchases, newest, deep', `${list}?cursor=${deep.startedAt}`),
  one('list', 'purchases, next due', `${list}?sort=nextDue`),
  one('list', 'purchases, next due, deep', `${list}?sort=nextDue&cursor=${deep.nextDueAt}`),
  one('list', 'purchases, next charge', `${list}?sort=nextCharge`),
  one('list', 'purchases, next charge, deep', `${list}?sort=nextCharge&cursor=${deep.nextChargeAt}`),
  one('list', 'purchases by billing status, many', `${list}?billingStatus=canceled`),
  one('list', 'purchases by billing status, few', `${list}?billingStatus=paused`),
  one('list', 'purchases by billing status, none', `${list}?billingStatus=past_due`),
  one('list', 'purchases by access status', `${list}?accessStatus=none`),
  { name: 'purchases by offer', kind: 'list', paths: (n) => [`${list}?offerId=${at(offers, n)}`] },
  { name: 'purchases by contact', kind: 'list', paths: (n) => [`${list}?contactId=${at(contacts, n)}`] },
  one('list', 'purchases that need attention', `${list}?needsAttention=true`),
  one('list', 'purchases that need none', `${list}?needsAttention=false`),
  one('list', 'purchases billed without access', `${list}?billingWithoutAccess=true`),
  one('list', 'purchases with a pending cancellation', `${list}?pendingCancellation=true`),
  one('list', 'purchases by two filters and a sort', `${list}?billingStatus=paused&accessStatus=full&sort=nextDue`),
  one('scan', 'purchases by filters that exclude each other', `${list}?billingStatus=paused&billingWithoutAccess=true`),
  { name: 'purchases by a person', kind: 'search', paths: (n) => [`${list}?q=turing.${n}`] },
  one('search', 'purchases by a common name', `${list}?q=hopper`),
  one('search', 'purchases by nobody', `${list}?q=zqzqzq`),
  one('scan', 'purchases by a part of two letters', `${list}?q=zq`),
];

const people = '/v1/contacts';

const contactAsks = ({ contacts, emails, deep }: Ids): Ask[] => [
  one('list', 'contacts, newest', people),
  one('list', 'contacts, newest, deep', `${people}?cursor=${deep.createdAt}`),
  one('list', 'contacts by address', `${people}?sort=email`),
  one('list', 'contacts by address, deep', `${people}?sort=email&cursor=${deep.email}`),
  one('list', 'contacts, customers', `${people}?segment=customers`),
  one('list', 'contacts, subscribed', `${people}?segment=subscribed`),
  { name: 'contact', kind: 'page', paths: (n) => [`${people}/${at(contacts, n)}`] },
  { name: 'contact, login help', kind: 'page', paths: (n) => [`${people}/${at(contacts, n)}/login-help`] },
  { name: 'login help, an address', kind: 'page', paths: (n) => [`/v1/login-help?email=x${at(emails, n)}`] },
  { name: 'contact search, an address', kind: 'search', paths: (n) => [`${people}?q=${at(emails, n)}`] },
  { name: 'contact search, one person', kind: 'search', paths: (n) => [`${people}?q=.${1 + ((n * 499) % 1_000)}%40`] },
  one('search', 'contact search, first and last name', `${people}?q=grace+hopper`),
  one('search', 'contact search, everybody', `${people}?q=e`),
  one('search', 'contact search, a common part', `${people}?q=example.com`),
  one('search', 'contact search, nobody', `${people}?q=nobody%40nowhere.test`),
  one('search', 'contact search, two letters, some', `${people}?q=ho`),
  one('scan', 'contact search, two letters, nobody', `${people}?q=zq`),
  one('search', 'contact search in a segment, by address', `${people}?q=hopper&segment=subscribed&sort=email`),
];

const countAsks: Ask[] = [
  one('scan', 'segment counts', `${people}/counts`),
  one('scan', 'count of contacts found', `${people}/count?q=hopper`),
  one('scan', 'count of purchases', `${list}/count`),
  one('scan', 'count of purchases by status', `${list}/count?billingStatus=canceled`),
];

const day = () => ({ after: new Date(Date.now() - 86_400_000).toISOString(), until: new Date().toISOString() });

/** What stands on other pages. */
const otherAsks = ({ offers, products }: Ids): Ask[] => [
  one('scan', 'overview', '/v1/overview'),
  one('list', 'emails, newest', '/v1/emails'),
  one('list', 'emails of a kind', '/v1/emails?kind=purchase-canceled'),
  one('list', 'emails in a state', '/v1/emails?state=failed'),
  one('search', 'emails to a person', '/v1/emails?q=grace+hopper'),
  one('list', 'webhooks', '/v1/webhooks'),
  one('scan', 'counts of webhooks', '/v1/webhooks/counts'),
  one('list', 'commands', '/v1/commands'),
  one('scan', 'counts of commands', '/v1/commands/counts'),
  one('list', 'what happened within a day', `/v1/timeline?${new URLSearchParams(day()).toString()}`),
  { name: 'what goes on with an offer', kind: 'scan', paths: (n) => [`/v1/offers/${at(offers, n)}/going-on`] },
  { name: 'what goes on with a product', kind: 'scan', paths: (n) => [`/v1/products/${at(products, n)}/going-on`] },
];

async function idsOf({ shop, size }: Store): Promise<Ids> {
  const { sql, accountId } = shop;
  const every = Math.max(1, Math.floor(size / 500));
  const rows = await sql<{ id: string; contact_id: string; offer_id: string; email: string }>(
    `select p.id, contact_id, offer_id, email from purchases p join contacts c on c.id = contact_id,
       lateral (select substring(email from '\\d+')::int as n) numbered
     where p.account_id = ? and n % ? = 0 order by n limit 500`,
    [accountId, every],
  );
  const products = await sql<{ id: string }>('select id from products where account_id = ?', [accountId]);
  const deep = {} as Record<Key, string>;
  for (const key of Object.keys(KEYS) as Key[]) deep[key] = await cursorOf(shop, key, Math.floor(size * 0.9));
  return {
    purchases: rows.map(({ id }) => id),
    contacts: rows.map(({ contact_id }) => contact_id),
    emails: rows.map(({ email }) => encodeURIComponent(email)),
    offers: [...new Set(rows.map(({ offer_id }) => offer_id))],
    products: products.map(({ id }) => id),
    deep,
  };
}

/** The cursor behind the row in that place of a list, as the API writes it. */
async function cursorOf({ sql, accountId }: Store['shop'], by: Key, place: number): Promise<string> {
  const { table, order, column } = KEYS[by];
  const [row] = await sql<{ id: string; key: Date | string | null }>(
    `select id, ${column} as key from ${table} where account_id = ? order by ${order} offset ? limit 1`,
    [accountId, place],
  );
  if (!row) throw new Error(`no row ${place} in ${table}`);
  const key = by === 'email' || row.key === null ? row.key : new Date(row.key).toISOString();
  return Buffer.from(JSON.stringify([by, key, row.id])).toString('base64url');
}
