import type { EntityManager } from '@mikro-orm/postgresql';
import { run, sql } from '../sql.ts';

/** Keeps Stripe's own words for a command, out of every workflow's history [R24.4]. */
export async function keepStripeMessage(em: EntityManager, commandId: string, message: string): Promise<void> {
  await run(
    em,
    sql`insert into command_texts (command_id, account_id, stripe_message)
     select i.id, i.account_id, ${message} from inbox i where i.id = ${commandId}
     on conflict (command_id) do update set stripe_message = excluded.stripe_message`,
  );
}

/**
 * Keeps what a customer wrote at Stripe with a cancellation, beside the event that told of it, as
 * what is written here is kept [R9.6].
 */
export async function keepStripeComment(em: EntityManager, rowId: string, comment: string): Promise<void> {
  await run(
    em,
    sql`insert into command_texts (command_id, account_id, feedback)
     select i.id, i.account_id, ${comment} from inbox i where i.id = ${rowId} and i.account_id is not null
     on conflict (command_id) do nothing`,
  );
}
