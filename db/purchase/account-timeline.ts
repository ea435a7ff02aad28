import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { Email } from '../entities/email.ts';
import { TimelineRow } from '../entities/timeline-row.ts';
import { toInstant } from '../instants.ts';
import { withRecipients, type ListedEmail } from '../mail/email-list.ts';
import { withReasons, type Entries } from './entries.ts';
import { namedPurchases, type NamedPurchase } from '../inbox/inbox.ts';
import { LOWEST_ID, type Page, type PageQuery } from '../page.ts';
import { query, sql, type Sql } from '../sql.ts';

/**
 * From just after `after` up to and including `until`: what falls due at an instant belongs to the
 * way there.
 */
export type Span = { after: Instant; until: Instant };

export const HAPPENED = 'happenedAt';

/** An entry of a timeline, or an email. */
export type Happened = { purchaseId: string | null } & ({ entry: TimelineRow } | { listed: ListedEmail });

export type AccountTimeline = Page<Happened> & { entries: Entries; purchases: Map<string, NamedPurchase> };

type Found = { id: string; at: string | Date };

/**
 * The timeline entries and the emails of an account within a span, the oldest first; ids are made
 * in order, which settles equal instants.
 */
export async function listAccountTimeline(
  em: Scoped,
  span: Span,
  { limit, after }: PageQuery,
): Promise<AccountTimeline> {
  const beyond = { key: after?.key ?? '-infinity', id: after?.id ?? LOWEST_ID };
  const within = (column: Sql): Sql =>
    sql`account_id = ${accountIdOf(em)} and ${column} > ${span.after} and ${column} <= ${span.until}
      and (${column}, id) > (${beyond.key}::timestamptz, ${beyond.id}::uuid) order by ${column}, id limit ${limit + 1}`;
  const found = await query<Found>(
    em,
    sql`select * from (
       (select id, at from timeline where ${within(sql`at`)})
       union all (select id, due_at from emails where ${within(sql`due_at`)})) happened
     order by at, id limit ${limit + 1}`,
  );
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    ...(await read(em, shown)),
    next: found.length > limit && last ? { by: HAPPENED, key: toInstant(last.at), id: last.id } : null,
  };
}

async function read(em: Scoped, found: Found[]): Promise<Omit<AccountTimeline, 'next'>> {
  const which = { id: { $in: found.map(({ id }) => id) } };
  const entries = await withReasons(em, await em.find(TimelineRow, which));
  const withoutWords = await em.find(Email, which, { exclude: ['html', 'text'] });
  const emails = await withRecipients(em, withoutWords as unknown as Email[]);
  const byId = new Map<string, Happened>([
    ...entries.rows.map((entry) => [entry.id, { purchaseId: entry.purchaseId, entry }] as const),
    ...emails.map((listed) => [listed.email.id, { purchaseId: listed.email.purchaseId, listed }] as const),
  ]);
  const rows = found.flatMap(({ id }) => byId.get(id) ?? []);
  const purchases = await namedPurchases(
    em,
    rows.map(({ purchaseId: subjectId }) => ({ subjectId })),
  );
  return { rows, entries, purchases };
}
