import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { Condition } from '../page.ts';
import { query, sql, type Sql } from '../sql.ts';

/** So many an account may have: their ids stand in the statements that leave them out. */
export const MOST_TEST_CUSTOMERS = 100;

/** The test customers of an account, who count nowhere [R16.2]; of most there are none. */
export async function testCustomers(em: Scoped): Promise<string[]> {
  const found = await query<{ id: string }>(
    em,
    sql`select id from contacts where account_id = ${accountIdOf(em)} and is_test`,
  );
  return found.map(({ id }) => id);
}

/** `contactId`, `purchaseId`: what is listed is of one alone, whoever they are. */
export type WithTest = {
  includeTest?: boolean | undefined;
  contactId?: string | undefined;
  purchaseId?: string | undefined;
};

/** Leaves test customers out of a list whose `column` is a contact, unless it is to have them. */
export async function withoutTest(
  em: Scoped,
  column: string,
  { includeTest, contactId, purchaseId }: WithTest = {},
): Promise<Condition[]> {
  const isAsked = includeTest === true || contactId !== undefined || purchaseId !== undefined;
  const tests = isAsked ? [] : await testCustomers(em);
  return tests.length === 0 ? [] : [{ sql: `r.${column} <> all(?::uuid[])`, params: [`{${tests.join(',')}}`] }];
}

/** In a statement of our own: nothing of what these people bought. */
export const notBoughtBy = (tests: readonly string[], purchaseId: Sql): Sql =>
  tests.length === 0
    ? sql`true`
    : sql`${purchaseId} not in (select id from purchases where contact_id = any(${tests}::uuid[]))`;
