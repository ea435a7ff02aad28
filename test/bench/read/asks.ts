import type { Store } from '../store/open-store.ts';

/** One thing that people look at; `paths(n)` = what is read for the n-th look, one after the other. */
export type Ask = { name: string; paths: (n: number) => string[] };

type Ids = { purchases: string[]; contacts: string[]; emails: string[]; offers: string[]; deep: Record<Key, string> };
type Key = keyof typeof KEYS;

/** Lists by what they are sorted, and in Postgres. */
const KEYS = {
  bornAt: { table: 'purchases', order: 'born_at desc, id desc', column: 'born_at' },
  nextDueAt: { table: 'purchases', order: `coalesce(next_due_at, 'infinity'), id`, column: 'next_due_at' },
  nextChargeAt: { table: 'purchases', order: `coalesce(next_charge_at, 'infinity'), id`, column: 'next_charge_at' },
  createdAt: { table: 'contacts', order: 'created_at desc, id desc', column: 'created_at' },
  email: { table: 'contacts', order: 'email, id', column: 'email' },
} as const;

/** Everything that the pages of contacts and purchases read. */
export async function asksOf(store: Store): Promise<Ask[]> {
  const ids = await idsOf(store);
  return [...pageAsks(ids), ...purchaseAsks(ids), ...contactAsks(ids), ...countAsks];
}

const one = (name: string, path: string): Ask => ({ name, paths: () => [path] });
const at = (list: string[], n: number): string => list[n % list.length] ?? '';

const pageAsks = ({ purchases }: Ids): Ask[] => [
  {
    name: 'purchase page',
    paths: (n) => {
      const id = at(purchases, n);
      return [
        ...[`/v1/purchases/${id}`, `/v1/purchases/${id}/timeline`],
        ...[`/v1/emails?purchaseId=${id}`, `/v1/payments?purchaseId=${id}`],
      ];
    },
  },
];

const list = '/v1/purchases';

const purchaseAsks = ({ contacts, offers, deep }: Ids): Ask[] => [
  one('purchases, newest', list),
  one('purchases, newest, deep', `${list}?cursor=${deep.bornAt}`),
  one('purchases, next due', `${list}?sort=nextDue`),
  one('purchases, next due, deep', `${list}?sort=nextDue&cursor=${deep.nextDueAt}`),
  one('purchases, next charge', `${list}?sort=nextCharge`),
  one('purchases, next charge, deep', `${list}?sort=nextCharge&cursor=${deep.nextChargeAt}`),
  one('purchases by billing status, many', `${list}?billingStatus=canceled`),
  one('purchases by billing status, few', `${list}?billingStatus=paused`),
  one('purchases by billing status, none', `${list}?billingStatus=past_due`),
  one('purchases by access status', `${list}?accessStatus=none`),
  { name: 'purchases by offer', paths: (n) => [`${list}?offerId=${at(offers, n)}`] },
  { name: 'purchases by contact', paths: (n) => [`${list}?contactId=${at(contacts, n)}`] },
  one('purchases that need attention', `${list}?needsAttention=true`),
  one('purchases that need none', `${list}?needsAttention=false`),
  one('purchases billed without access', `${list}?billingWithoutAccess=true`),
  one('purchases with a pending cancellation', `${list}?pendingCancellation=true`),
  one('purchases by two filters and a sort', `${list}?billingStatus=paused&accessStatus=full&sort=nextDue`),
  one('purchases by filters that exclude each other', `${list}?billingStatus=paused&billingWithoutAccess=true`),
  { name: 'purchases by a person', paths: (n) => [`${list}?q=turing.${n}`] },
  one('purchases by a common name', `${list}?q=hopper`),
  one('purchases by nobody', `${list}?q=zqzqzq`),
  one('purchases by a part of two letters', `${list}?q=zq`),
];

const people = '/v1/contacts';

const contactAsks = ({ contacts, emails, deep }: Ids): Ask[] => [
  one('contacts, newest', people),
  one('contacts, newest, deep', `${people}?cursor=${deep.createdAt}`),
  one('contacts by address', `${people}?sort=email`),
  one('contacts by address, deep', `${people}?sort=email&cursor=${deep.email}`),
  one('contacts, customers', `${people}?segment=customers`),
  one('contacts, subscribed', `${people}?segment=subscribed`),
  { name: 'contact', paths: (n) => [`${people}/${at(contacts, n)}`] },
  { name: 'contact search, an address', paths: (n) => [`${people}?q=${at(emails, n)}`] },
  { name: 'contact search, one person', paths: (n) => [`${people}?q=.${1 + ((n * 499) % 1_000)}%40`] },
  one('contact search, first and last name', `${people}?q=grace+hopper`),
  one('contact search, everybody', `${people}?q=e`),
  one('contact search, a common part', `${people}?q=example.com`),
  one('contact search, nobody', `${people}?q=nobody%40nowhere.test`),
  one('contact search, two letters, some', `${people}?q=ov`),
  one('contact search, two letters, nobody', `${people}?q=zq`),
  one('contact search in a segment, by address', `${people}?q=hopper&segment=subscribed&sort=email`),
];

const countAsks: Ask[] = [
  one('segment counts', `${people}/counts`),
  one('count of contacts found', `${people}/count?q=hopper`),
  one('count of purchases', `${list}/count`),
  one('count of purchases by status', `${list}/count?billingStatus=canceled`),
];

async function idsOf({ shop, size }: Store): Promise<Ids> {
  const { sql, accountId } = shop;
  const every = Math.max(1, Math.floor(size() / 500));
  const rows = await sql<{ id: string; contact_id: string; offer_id: string; email: string }>(
    `select p.id, contact_id, offer_id, email from purchases p join contacts c on c.id = contact_id,
       lateral (select substring(email from '\\d+')::int as n) numbered
     where p.account_id = ? and n % ? = 0 order by n limit 500`,
    [accountId, every],
  );
  const deep = {} as Record<Key, string>;
  for (const key of Object.keys(KEYS) as Key[]) deep[key] = await cursorOf(shop, key, Math.floor(size() * 0.9));
  return {
    purchases: rows.map(({ id }) => id),
    contacts: rows.map(({ contact_id }) => contact_id),
    emails: rows.map(({ email }) => encodeURIComponent(email)),
    offers: [...new Set(rows.map(({ offer_id }) => offer_id))],
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
