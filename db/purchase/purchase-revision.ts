import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { EmailState } from '../entities/email.ts';
import { query, sql } from '../sql.ts';

export type PurchaseRevision = {
  revision: number;
  openCommands: number;
  emails: Partial<Record<EmailState, number>>;
};

/**
 * What changes with anything that there is to read of a purchase, in one small query; null where it
 * is none of the account's.
 */
export async function readRevision(em: Scoped, purchaseId: string): Promise<PurchaseRevision | null> {
  const [row] = await query<PurchaseRevision>(
    em,
    sql`select p.revision,
       (select count(*)::int from inbox where subject_id = p.id and state = 'open' and class = 'command') as "openCommands",
       coalesce((select jsonb_object_agg(state, n) from
         (select state, count(*) as n from emails where purchase_id = p.id group by state) as e), '{}') as emails
     from purchases p where p.id = ${purchaseId} and p.account_id = ${accountIdOf(em)} and p.started_at is not null`,
  );
  return row ?? null;
}
