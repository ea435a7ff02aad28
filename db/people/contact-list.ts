import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { Count } from '../counts.ts';
import { Contact } from '../entities/contact.ts';
import {
  countRows,
  findPage,
  sqlOf,
  type Condition,
  type Filter,
  type Order,
  type Page,
  type PageQuery,
} from '../page.ts';
import type { MarketingStatus } from '../../workflows/domain/marketing.ts';
import type { DefaultSegment } from '../../workflows/domain/segment.ts';
import { withTag } from './contact-tags.ts';
import { EACH_TIME, query, sql, type Sql } from '../sql.ts';

export const CONTACT_SORTS = {
  newest: { by: 'createdAt', direction: 'desc' },
  email: { by: 'email', direction: 'asc' },
} as const satisfies Record<string, Order<Contact>>;
export type ContactSort = keyof typeof CONTACT_SORTS;

/** `members`: of which segment, as `conditionOf` says it; `q`: part of the address or name. */
export type ContactFilter = {
  members: Condition;
  status?: MarketingStatus | undefined;
  tag?: string | undefined;
  email?: string | undefined;
  q?: string | undefined;
};

export function listContacts(
  em: Scoped,
  filter: ContactFilter & { sort: ContactSort },
  page: PageQuery,
): Promise<Page<Contact>> {
  return findPage(em, Contact, { ...filterOf(em, filter), order: CONTACT_SORTS[filter.sort] }, page);
}

export const countContacts = (em: Scoped, filter: ContactFilter): Promise<Count> =>
  countRows(em, Contact, filterOf(em, filter));

function filterOf(em: Scoped, { members, status, tag, email, q }: ContactFilter): Filter {
  const where = status ? { marketingStatus: status } : {};
  const more = [
    ...(email ? [named(em, email)] : []),
    ...(q ? [matching('r.search', q)] : []),
    ...(tag ? [withTag(em, tag)] : []),
  ];
  return { where, conditions: [members, ...more] };
}

/** Whoever has an address, or has become the contact of it. */
const named = (em: Scoped, email: string): Condition => ({
  sql: 'r.id = (select coalesce(n.merged_into, n.id) from contacts n where n.account_id = ? and n.email = ?)',
  params: [accountIdOf(em), email],
});

function matching(column: string, q: string): Condition {
  const params = patternsOf(q);
  return { sql: `(${params.map(() => `${column} like lower(?)`).join(' or ')})`, params };
}

/**
 * A part of an address or name. One or two letters have trigrams only where a word begins, so there
 * they are looked for.
 */
function patternsOf(q: string): string[] {
  const part = `${q.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return IS_SHORT.test(q) ? [part, ...BEFORE_WORDS.map((before) => `%${before}${part}`)] : [`%${part}`];
}

const IS_SHORT = /^[a-z0-9]{1,2}$/i;
/** The name stands on a line of its own. */
const BEFORE_WORDS = ['\n', ' ', '.', '@', '-'];

/** How many contacts each default segment has, exactly [R3.7]. */
export async function countSegments(em: Scoped): Promise<Record<DefaultSegment, number>> {
  const [row] = await query<Record<DefaultSegment, string>>(
    em,
    sql`select coalesce(sum(contacts), 0) as "all", coalesce(sum(customers), 0) as customers,
       coalesce(sum(subscribed), 0) as subscribed
     from contact_counts where account_id = ${accountIdOf(em)}`,
  );
  if (!row) throw new Error('a sum without a row');
  return { all: Number(row.all), customers: Number(row.customers), subscribed: Number(row.subscribed) };
}

/**
 * Up to so many people are looked up by their ids; rows of more are found sooner by going through
 * the list.
 */
const FEW = 1_000;

/** Rows whose `column` is a contact with `q` in the address or name. */
export async function ofContacts(em: Scoped, column: string, q: string): Promise<Condition> {
  const found = (await isCommon(em, q)) ? null : await fewWith(em, q);
  if (found) return { sql: `r.${column} = any(?::uuid[])`, params: [`{${found.join(',')}}`] };
  const match = matching('search', q);
  const people = `select id from contacts where account_id = ? and erased_at is null and ${match.sql}`;
  return { sql: `r.${column} in (${people})`, params: [accountIdOf(em), ...match.params] };
}

/** Whether a hundredth of the newest contacts have it: then no list has to be gone through far. */
async function isCommon(em: Scoped, q: string): Promise<boolean> {
  const [row] = await query<{ seen: string }>(
    em,
    sql`select count(*) as seen from (
       select search from contacts where account_id = ${accountIdOf(em)} and erased_at is null order by created_at desc, id desc limit ${sql.lit(NEWEST)}
     ) newest where ${isMatch(q)}`,
  );
  return Number(row?.seen) >= NEWEST / 100;
}

const NEWEST = 2_000;

/** The contacts that have it; null if they are not few. */
async function fewWith(em: Scoped, q: string): Promise<string[] | null> {
  const found = await query<{ id: string }>(
    em,
    sql`${EACH_TIME} select id from contacts where account_id = ${accountIdOf(em)} and erased_at is null and ${isMatch(q)}
     order by created_at desc, id desc limit ${sql.lit(FEW + 1)}`,
  );
  return found.length > FEW ? null : found.map(({ id }) => id);
}

/** The contacts' `search` in a statement of our own. */
const isMatch = (q: string): Sql => sqlOf(matching('search', q));
