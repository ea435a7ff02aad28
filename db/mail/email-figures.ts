import { accountIdOf, type Scoped } from '../account-scope.ts';
import { EMAIL_STATES, type EmailState } from '../entities/email.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { testCustomers } from '../people/test-customers.ts';
import { EACH_TIME, query, sql } from '../sql.ts';

/**
 * How many emails of one kind there were, by what has become of them; tests, and those to test
 * customers, are left out.
 */
export type EmailFigures = { kind: string } & Record<EmailState, number>;

/** Of emails that were due from `from` on until `until`; the most frequent kind first. */
export async function emailFigures(
  em: Scoped,
  { from, until }: { from: Instant; until: Instant },
): Promise<EmailFigures[]> {
  const states = EMAIL_STATES.map(
    (state) => sql`(count(*) filter (where state = ${sql.lit(state)}))::int as ${sql.ref(state)}`,
  );
  const tests = await testCustomers(em);
  return query<EmailFigures>(
    em,
    sql`${EACH_TIME} select kind, ${sql.join(states)} from emails
      where account_id = ${accountIdOf(em)} and due_at >= ${from} and due_at <= ${until} and not starts_with(record_key, 'test:')
        and recipient_id <> all(${tests}::uuid[])
      group by kind order by count(*) desc, kind`,
  );
}
