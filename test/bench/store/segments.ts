import { v7 as uuid } from 'uuid';
import { scopeTo } from '../../../db/account-scope.ts';
import { aField, aSegment } from '../../builders/rows.ts';
import type { SegmentRule } from '../../../workflows/domain/segment.ts';
import type { Store } from './open-store.ts';

type Made = { name: string; id: string };

/** The number in a contact's address. */
const N = `substring(email from '\\d+')::int`;

/** Segments of every kind of filter, of many, few and nobody, by what they ask. */
export async function someSegments({ shop, stack }: Store): Promise<Made[]> {
  const { sql, accountId } = shop;
  const em = scopeTo(stack.deps.orm.em.fork(), accountId);
  const [city, height] = [await aField(em, accountId, 'city', 'text'), await aField(em, accountId, 'height', 'number')];
  for (const statement of filledBy(city, height)) await sql(statement, statement.includes('?') ? [accountId] : []);
  await sql('vacuum (analyze)');
  const { offers, products } = await soldIn(shop);
  const made: Made[] = [];
  const make = async (name: string, rule: SegmentRule): Promise<string> => {
    const id = await aSegment(em, accountId, { id: uuid(), name, ...rule });
    made.push({ name, id });
    return id;
  };
  for (const [name, rule] of Object.entries(plain(offers[0] ?? '', products[0] ?? ''))) await make(name, rule);
  const few = made.find(({ name }) => name === 'a tag of few')?.id ?? '';
  const many = made.find(({ name }) => name === 'who bought, canceled')?.id ?? '';
  await make('segments of segments', {
    match: 'all',
    filters: [
      { kind: 'segment', segment: 'subscribed' },
      { kind: 'segment', segment: many },
      { kind: 'segment', segment: few, isNot: true },
    ],
  });
  return made;
}

const fieldsOf = (city: string, height: string, which: string): string =>
  `update contacts set fields = jsonb_build_object('${city}', case when ${N} % 5000 = 3 then 'Hallstatt' else 'Town ' || ${N} % 20 end,
     '${height}', 1.5 + ${N} % 50 / 100.0) where account_id = ? and ${N} % 2 = 1 and ${N} % 500 ${which}`;

const filledBy = (city: string, height: string): string[] => [
  `insert into contact_tags (contact_id, tag, account_id, created_at)
   select id, tag, account_id, now() from contacts, lateral (values ('often', 3), ('some', 100), ('rare', 10000)) tags (tag, every)
   where account_id = ? and ${N} % every = 1`,
  // Some before the others: on a table that is known to be empty, what keeps the values of each
  // would read all that there are.
  fieldsOf(city, height, '= 1'),
  'analyze contact_field_values',
  fieldsOf(city, height, '> 1'),
  `insert into contact_activity (contact_id, account_id, last_login_at, last_other_at, is_customer)
   select id, account_id, now() - ${N} * interval '1 minute', now() - ${N} * interval '1 minute', customer_since is not null
   from contacts where account_id = ? and ${N} % 4 > 0
   on conflict (contact_id) do update set last_login_at = excluded.last_login_at, last_other_at = excluded.last_other_at`,
];

async function soldIn({ sql, accountId }: Store['shop']) {
  const ids = async (statement: string) => (await sql<{ id: string }>(statement, [accountId])).map(({ id }) => id);
  return {
    offers: await ids(
      'select offer_id as id from purchases where account_id = ? group by offer_id order by count(*) desc',
    ),
    products: await ids(
      'select product_id as id from purchase_products where account_id = ? group by product_id order by count(*) desc',
    ),
  };
}

const all = (...filters: SegmentRule['filters']): SegmentRule => ({ match: 'all', filters });
const any = (...filters: SegmentRule['filters']): SegmentRule => ({ match: 'any', filters });

const plain = (offerId: string, productId: string): Record<string, SegmentRule> => ({
  'a status': all({ kind: 'marketing_status', status: 'unconfirmed' }),
  'a tag of many': all({ kind: 'tag', tag: 'often' }),
  'a tag of few': all({ kind: 'tag', tag: 'rare' }),
  'a tag of nobody': all({ kind: 'tag', tag: 'never' }),
  'all without a tag': all({ kind: 'tag', tag: 'often', isNot: true }),
  'a field, few': all({ kind: 'field', field: 'city', test: 'equals', value: 'hallstatt' }),
  'a part of a field': all({ kind: 'field', field: 'city', test: 'contains', value: 'lls' }),
  'a number above': all({ kind: 'field', field: 'height', test: 'more_than', value: 1.9 }),
  'who bought': all({ kind: 'purchase', offerId }),
  'who bought, canceled': all({ kind: 'purchase', offerId, billingStatus: 'canceled' }),
  'who bought, paused': all({ kind: 'purchase', offerId, billingStatus: 'paused' }),
  'who did not buy': all({ kind: 'purchase', offerId, isNot: true }),
  'access to a product': all({ kind: 'access', productId }),
  'no access': all({ kind: 'access', productId, isNot: true }),
  'active of late': all({ kind: 'active', days: 30 }),
  'not active of late': all({ kind: 'active', days: 60, isNot: true }),
  'spent, many': all({ kind: 'spent', bound: 'at_least', amountMinor: 2_500, currency: 'usd' }),
  'spent, nobody': all({ kind: 'spent', bound: 'at_least', amountMinor: 900_000, currency: 'usd' }),
  'spent nothing': all({ kind: 'spent', bound: 'at_most', amountMinor: 0, currency: 'usd' }),
  'any of three, few': any(
    { kind: 'tag', tag: 'rare' },
    { kind: 'field', field: 'city', test: 'equals', value: 'hallstatt' },
    { kind: 'spent', bound: 'at_least', amountMinor: 900_000, currency: 'usd' },
  ),
  'any of three, many': any(
    { kind: 'tag', tag: 'often' },
    { kind: 'access', productId },
    { kind: 'marketing_status', status: 'subscribed' },
  ),
  'filters that exclude each other': all(
    { kind: 'tag', tag: 'often' },
    { kind: 'access', productId },
    { kind: 'purchase', offerId, billingStatus: 'canceled' },
  ),
  'seven filters': all(
    { kind: 'marketing_status', status: 'subscribed' },
    { kind: 'tag', tag: 'often', isNot: true },
    { kind: 'field', field: 'height', test: 'less_than', value: 1.8 },
    { kind: 'purchase', offerId },
    { kind: 'active', days: 60 },
    { kind: 'spent', bound: 'at_least', amountMinor: 1_000, currency: 'usd' },
    { kind: 'segment', segment: 'customers' },
  ),
});
