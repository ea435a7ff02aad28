import type { Orm } from '../../db/orm.ts';
import { recordPurchase, type PurchaseRecord } from '../../db/record-purchase.ts';
import type { FaultPoint } from '../fault-points.ts';
import type { Poker } from '../gateways/temporal.ts';

export type RecordAnswer = 'recorded' | 'superseded' | 'rival';

/** Writes what a pass changed, then starts its emails; those whose start is lost are found by the sweep. */
export const createRecordPurchase =
  (deps: { orm: Orm; poker: Poker; faultPoint: FaultPoint }) =>
  async (record: PurchaseRecord): Promise<RecordAnswer> => {
    const [point, commandIds] = pointOf(record);
    deps.faultPoint(`record:before:${point}`, commandIds);
    const recorded = await recordPurchase(deps.orm.em.fork(), record);
    deps.faultPoint(`record:after:${point}`, commandIds);
    if (recorded.kind !== 'recorded') return recorded.kind;
    const { purchaseId } = record.state;
    if (recorded.emails.some(({ isWelcome }) => isWelcome)) void deps.poker.startWelcome(purchaseId);
    for (const { emailId, isWelcome } of recorded.emails) if (!isWelcome) void deps.poker.startMail(emailId);
    return 'recorded';
  };

/** `refund:0` = the refund is pending and no write of it is answered yet; `done` = nothing is pending any more, of the rows that end with it. */
function pointOf({ state: { pending }, ends }: PurchaseRecord): [point: string, commandIds: string[]] {
  if (!pending) return ['done', ends.map(({ rowId }) => rowId)];
  const { command, answered } = pending;
  return [`${command.name}:${answered}`, [command.commandId]];
}
