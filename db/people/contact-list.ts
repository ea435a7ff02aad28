import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { Count } from '../counts.ts';
import { Contact } from '../entities/contact.ts';
import { countRows, findPage, type Condition, type Filter, type Order, type Page, type PageQuery } from '../page.ts';
import type { MarketingStatus } from '../../workflows/domain/marketing.ts';
import type { DefaultSegment } from '../../workflows/domain/segment.ts';
import { withTag } from './contact-tags.ts';
import { matching, partsOf } from '../matching.ts';
import { query, sql } from '../sql.ts';

export const CONTACT_SORTS = {
  newest: { by: 'createdAt', direction: 'desc' },
  email: { by: 'email', direction: 'asc' },
} as const satisfies Record<string, Order<Contact>>;
export type ContactSort = keyof typeof CONTACT_SORTS;

/** `members`: of which segment, as `conditionOf` says it; `q`: words of the address or name. */
export type ContactFilter = {
  members: Condition;
  status?: MarketingStatus | undefined;
  tag?: string | undefined;
  email?: string | undefined;
  q?: string | undefined;
};

export async function listContacts(
  em: Scoped,
  filter: ContactFilter & { sort: ContactSort },
  page: PageQuery,
): Promise<Page<Contact>> {
  return findPage(em, Contact, { ...(await filterOf(em, filter)), order: CONTACT_SORTS[filter.sort] }, page);
}

export const countContacts = async (em: Scoped, filter: ContactFilter): Promise<Count> =>
  countRows(em, Contact, await filterOf(em, filter));

async function filterOf(em: Scoped, { members, status, tag, email, q }: ContactFilter): Promise<Filter> {
  const where = status ? { marketingStatus: status } : {};
  const more = [
    ...(email ? [named(em, email)] : []),
    ...(q ? [matching('r.search', await partsOf(em, q))] : []),
    ...(tag ? [withTag(em, tag)] : []),
  ];
  return { where, conditions: [members, ...more] };
}

/** Whoever has an address, or has become the contact of it. */
const named = (em: Scoped, email: string): Condition => ({
  sql: 'r.id = (select coalesce(n.merged_into, n.id) from contacts n where n.account_id = ? and n.email = ?)',
  params: [accountIdOf(em), email],
});

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
