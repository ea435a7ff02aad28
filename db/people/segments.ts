import { LockMode } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import {
  asksForLittleSpent,
  isDefaultSegment,
  namedFields,
  namedSegments,
  type SegmentRule,
} from '../../workflows/domain/segment.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import { Segment } from '../entities/segment.ts';
import type { Condition } from '../page.ts';
import { query, sql, type Sql } from '../sql.ts';
import { withoutTest, type WithTest } from './test-customers.ts';
import { fieldsOfAccount } from './contact-fields.ts';
import { byRule, inSegment, type Around } from './segment-conditions.ts';

/** So many segments an account may have of its own. */
export const MOST_SEGMENTS = 100;

/** All of the account's own, by their names. */
export const segmentsOfAccount = (em: Scoped): Promise<Segment[]> =>
  em.find(Segment, {}, { orderBy: { name: 'asc', id: 'asc' } });

/**
 * The contacts of a segment, by its id or the name of a default one, as a condition about the table
 * of contacts as `r`, for `findPage`, `countRows` or, by `sqlOf`, a statement of our own. Whoever
 * was erased is in none, nor are test customers, unless they are asked for. `now`: the account's.
 * null = the account has no such segment.
 */
export async function conditionOf(
  em: Scoped,
  segment: string,
  now: Instant,
  { includeTest }: Pick<WithTest, 'includeTest'> = {},
): Promise<Condition | null> {
  const segments = isDefaultSegment(segment) ? [] : await segmentsOfAccount(em);
  if (!isDefaultSegment(segment) && !segments.some(({ id }) => id === segment)) return null;
  return counting(em, inSegment(segment, await around(em, segments, now)), includeTest);
}

/** The same of a rule that is not saved. */
export async function conditionOfRule(em: Scoped, rule: SegmentRule, now: Instant): Promise<Condition> {
  const segments = namedSegments(rule).length > 0 ? await segmentsOfAccount(em) : [];
  return counting(em, byRule(rule, await around(em, segments, now, [rule])));
}

async function counting(em: Scoped, { sql: text, params }: Condition, includeTest?: boolean): Promise<Condition> {
  const others = await withoutTest(em, 'id', { includeTest });
  const parts = [{ sql: 'r.erased_at is null', params: [] as unknown[] }, { sql: text, params }, ...others];
  return { sql: parts.map((part) => part.sql).join(' and '), params: parts.flatMap((part) => part.params) };
}

async function around(em: Scoped, segments: Segment[], now: Instant, more: SegmentRule[] = []): Promise<Around> {
  const asked: SegmentRule[] = [...segments, ...more];
  const asksFields = asked.some((rule) => namedFields(rule).length > 0);
  const fields = asksFields ? await fieldsOfAccount(em) : [];
  return {
    accountId: accountIdOf(em),
    now,
    rules: new Map(segments.map((segment) => [segment.id, segment])),
    fieldIds: new Map(fields.map(({ key, id }) => [key, id])),
    currencies: asked.some(asksForLittleSpent) ? await currenciesOf(em) : [],
  };
}

/** In which its contacts have paid; each is looked for behind the one before, in the index. */
async function currenciesOf(em: Scoped): Promise<string[]> {
  const after = (currency: Sql) =>
    sql`(select s.currency from contact_spent s where s.account_id = ${accountIdOf(em)} and s.currency > ${currency} order by s.currency limit 1)`;
  const rows = await query<{ currency: string }>(
    em,
    sql`with recursive found (currency) as (
        ${after(sql`''`)} union all
        select ${after(sql`f.currency`)} from found f where f.currency is not null)
      select currency from found where currency is not null`,
  );
  return rows.map(({ currency }) => currency);
}

/** One after the other: how they name each other is checked over all of them. */
export const lockedSegments = (tx: Scoped): Promise<Segment[]> =>
  tx.find(Segment, {}, { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
