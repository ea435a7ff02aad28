import type { EntityManager } from '@mikro-orm/postgresql';
import { cancellationOf, endOf } from '../../workflows/domain/billing-parts.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { STRIPE, type Actor } from '../../workflows/domain/verb.ts';
import { query, sql } from '../sql.ts';

/** The command that ended a purchase or will end it, and what was written with it. */
export type CancelRequest = { commandId: string; by: Actor; reason: string | null; feedback: string | null };

/**
 * Who asked for the end of a purchase and why [R8.4, R9.6]; null where it goes on, ended by itself,
 * or nobody said why at Stripe.
 */
export async function findCancelRequest(
  em: EntityManager,
  { purchaseId, billing }: PurchaseState,
): Promise<CancelRequest | null> {
  const end = endOf(billing) ?? cancellationOf(billing);
  if (!end || end.cause === 'delinquent') return null;
  if (end.cause === 'external') return findStripeComment(em, purchaseId);
  const [row] = await query<CancelRequest>(
    em,
    sql`select i.id as "commandId", i.actor as by, t.reason, t.feedback
     from inbox i left join command_texts t on t.command_id = i.id
     where i.subject_id = ${purchaseId} and i.class = 'command' and i.state = 'applied'
       and (i.kind in ('cancel', 'money-back') or i.kind = 'refund' and i.input ->> 'billing' <> 'keep')
     order by i.seq desc limit 1`,
  );
  return row ?? null;
}

/** What was written in Stripe's portal, under the event that told of it. */
async function findStripeComment(em: EntityManager, purchaseId: string): Promise<CancelRequest | null> {
  const [row] = await query<{ id: string; feedback: string }>(
    em,
    sql`select i.id, t.feedback from inbox i join command_texts t on t.command_id = i.id
     where i.subject_id = ${purchaseId} and i.class = 'fact' and t.feedback is not null order by i.at desc, i.seq desc limit 1`,
  );
  return row ? { commandId: row.id, by: STRIPE, reason: null, feedback: row.feedback } : null;
}
