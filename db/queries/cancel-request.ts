import type { EntityManager } from '@mikro-orm/postgresql';
import type { CancelCause } from '../../workflows/domain/billing.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { Actor } from '../../workflows/domain/verb.ts';

/** The command that ended a purchase or will end it, and what was written with it. */
export type CancelRequest = { commandId: string; by: Actor; reason: string | null; feedback: string | null };

/** Ends that nobody asked for here. */
const NOT_ASKED: readonly CancelCause[] = ['external', 'delinquent'];

/** Who asked for the end of a purchase and why [R8.4]; null where it goes on, or ended by itself or at Stripe. */
export async function findCancelRequest(
  em: EntityManager,
  { purchaseId, billing }: PurchaseState,
): Promise<CancelRequest | null> {
  const end = billing.kind === 'subscription' ? (billing.ended ?? billing.cancellation) : null;
  if (!end || NOT_ASKED.includes(end.cause)) return null;
  const [row] = await em.execute<CancelRequest[]>(
    `select i.id as "commandId", i.actor as by, t.reason, t.feedback
     from inbox i left join command_texts t on t.command_id = i.id
     where i.subject_id = ? and i.class = 'command' and i.state = 'applied'
       and (i.kind in ('cancel', 'money-back') or i.kind = 'refund' and i.input ->> 'billing' <> 'keep')
     order by i.seq desc limit 1`,
    [purchaseId],
  );
  return row ?? null;
}
