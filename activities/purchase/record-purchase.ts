import type { Orm } from '../../db/orm.ts';
import { recordPurchase, type PurchaseRecord } from '../../db/record-purchase.ts';
import type { FaultPoint } from '../fault-points.ts';
import type { Poker } from '../gateways/temporal.ts';

export type RecordAnswer = 'recorded' | 'superseded' | 'rival';

/** Writes what a pass changed, then starts its emails; those whose start is lost are found by the sweep. */
export const createRecordPurchase =
  (deps: { orm: Orm; poker: Poker; faultPoint: FaultPoint }) =>
  async (record: PurchaseRecord): Promise<RecordAnswer> => {
    const point = pointOf(record);
    deps.faultPoint(`record:before:${point}`);
    const recorded = await recordPurchase(deps.orm.em.fork(), record);
    deps.faultPoint(`record:after:${point}`);
    if (recorded.kind !== 'recorded') return recorded.kind;
    const { purchaseId } = record.state;
    if (recorded.emails.some(({ isWelcome }) => isWelcome)) void deps.poker.startWelcome(purchaseId);
    for (const { emailId, isWelcome } of recorded.emails) if (!isWelcome) void deps.poker.startMail(emailId);
    return 'recorded';
  };

/** `refund:0` = pending and nothing answered yet; `done` = nothing pending. */
function pointOf({ state: { pending } }: PurchaseRecord): string {
  return pending ? `${pending.command.name}:${pending.answered}` : 'done';
}
