import type { Orm } from '../../db/orm.ts';
import type { PurchaseRecord } from '../../db/purchase/purchase-record.ts';
import { recordPurchase, type Recorded } from '../../db/purchase/record-purchase.ts';
import type { FaultPoint } from '../fault-points.ts';
import type { Wakes } from '../gateways/temporal.ts';
import type { AtOnce } from '../mail/send-at-once.ts';
import type { Sender, Tried } from './send-to-stripe.ts';

/** `tried`: what came of the first try at Stripe, where one was to follow. */
export type RecordAnswer = { kind: 'recorded'; tried: Tried | null } | Exclude<Recorded, { kind: 'recorded' }>;

export type RecordDeps = {
  orm: Orm;
  wakes: Wakes;
  faultPoint: FaultPoint;
  sender: Sender;
  sendAtOnce: AtOnce['sendAtOnce'];
};

/**
 * Writes what a pass changed, then sends its emails in the background; the sweep finds those that
 * die with this process. Only then does Postgres know of a pending verb, so its writes are sent to
 * Stripe after that.
 */
export const createRecordPurchase =
  ({ orm, wakes, faultPoint, sender, sendAtOnce }: RecordDeps) =>
  async (record: PurchaseRecord, isToSend: boolean): Promise<RecordAnswer> => {
    const { purchaseId, pending } = record.state;
    const [point, commandIds] = pointOf(record);
    faultPoint(`record:before:${point}`, commandIds);
    const recorded = await recordPurchase(orm.em.fork(), record);
    faultPoint(`record:after:${point}`, commandIds);
    if (recorded.kind !== 'recorded') return recorded;
    if (recorded.emails.some(({ isWelcome }) => isWelcome)) void wakes.startWelcome(purchaseId);
    for (const { emailId, isWelcome } of recorded.emails) if (!isWelcome) void sendAtOnce(emailId);
    return { kind: 'recorded', tried: isToSend && pending ? await sender.trySoon({ purchaseId, pending }) : null };
  };

/**
 * `refund:0` = the refund is pending and no write of it is answered yet; `done` = nothing is
 * pending any more, of the rows that end with it.
 */
function pointOf({ state: { pending }, ends }: PurchaseRecord): [point: string, commandIds: string[]] {
  if (!pending) return ['done', ends.map(({ rowId }) => rowId)];
  const { command, answered } = pending;
  return [`${command.name}:${answered}`, [command.commandId]];
}
