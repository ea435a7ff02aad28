import type { EntityManager } from '@mikro-orm/postgresql';
import { query, sql } from '../sql.ts';

export type Status = {
  purchases: number;
  pending: number;
  needAttention: number;
  openRows: number;
  unmatchedEvents: number;
  deadRows: number;
  queuedEmails: number;
  movingClocks: number;
};

/** What is open, stuck or waiting over all accounts. */
export async function status(em: EntityManager): Promise<Status> {
  const [row] = await query<Record<keyof Status, string>>(
    em,
    sql`select
    (select count(*) from purchases where started_at is not null) as purchases,
    (select count(*) from purchases where has_pending) as pending,
    (select count(*) from purchases where needs_attention) as "needAttention",
    (select count(*) from inbox where state = 'open') as "openRows",
    (select count(*) from inbox where state = 'unmatched') as "unmatchedEvents",
    (select count(*) from inbox where state = 'dead') as "deadRows",
    (select count(*) from emails where state = 'queued') as "queuedEmails",
    (select count(*) from accounts where clock_target is not null) as "movingClocks"`,
  );
  if (!row) throw new Error('a count without a row');
  return Object.fromEntries(Object.entries(row).map(([name, count]) => [name, Number(count)])) as Status;
}

/** Whether the purchase's record says already that something keeps it waiting. */
export async function isShownAsStuck(em: EntityManager, purchaseId: string): Promise<boolean> {
  const [row] = await query<{ is_shown: boolean }>(
    em,
    sql`select stuck_reason is not null as is_shown from purchases where id = ${purchaseId}`,
  );
  return row?.is_shown ?? false;
}
