import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Instant } from '../../workflows/domain/instant.ts';
import { run, sql } from '../sql.ts';

/** A row that mends something: it says something of Stripe, and never writes a state [R22.2]. */
export type RepairRow = {
  accountId: string;
  purchaseId: string;
  /** An event's kind, or `READ_ASKED`. */
  kind: string;
  /** In the account's time. */
  at: Instant;
  /** The payment that a refund or dispute is of. */
  paymentId: string | null;
  /** The event as Stripe would have sent it; null = Stripe is only to be read. */
  body: Buffer | null;
};

/** Puts it into the purchase's inbox; returns the row's id. */
export async function putRepair(em: EntityManager, row: RepairRow): Promise<string> {
  const id = uuid();
  await run(
    em,
    sql`insert into inbox (id, account_id, subject_kind, subject_id, class, kind, at, source, external_id, link)
      values (${id}, ${row.accountId}, 'purchase', ${row.purchaseId}, 'fact', ${row.kind}, ${row.at}, 'perennial', ${`repair:${id}`}, ${row.paymentId})`,
  );
  if (row.body !== null) await run(em, sql`insert into inbox_bodies (inbox_id, body) values (${id}, ${row.body})`);
  return id;
}
