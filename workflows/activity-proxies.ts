import {
  ActivityCancellationType,
  ActivityFailure,
  proxyActivities,
  proxyLocalActivities,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { PurchaseActivities } from '../activities/index.ts';
import type { AnswerContext } from '../activities/purchase/record-purchase.ts';
import type { Failed, WriteRequest } from '../activities/purchase/send-to-stripe.ts';
import type { PurchaseRecord } from '../db/purchase/purchase-record.ts';
import type { WriteAnswer } from './purchase/write-answer.ts';

const RETRY = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' } as const;

/**
 * Short work on Postgres. A local activity costs half as much as a normal one, but must end soon.
 */
const local = proxyLocalActivities<PurchaseActivities>({
  scheduleToCloseTimeout: '8s',
  localRetryThreshold: '8s',
  retry: { ...RETRY, initialInterval: '100ms', maximumInterval: '2s' },
});

/** The same work while Postgres is down: retried for ever, and visible in the history. */
const normal = proxyActivities<PurchaseActivities>({ startToCloseTimeout: '30s', retry: RETRY });

/**
 * Whether an activity did not succeed. A local one whose time was over is an `ActivityFailure` when
 * it happens and a bare `TimeoutFailure` when it is replayed: its marker keeps no more.
 */
export const isOfActivity = (error: unknown): error is ActivityFailure | TimeoutFailure =>
  error instanceof ActivityFailure || error instanceof TimeoutFailure;

/** Runs as a local activity first, and as a normal one if that takes too long. */
export async function localFirst<T>(quick: () => Promise<T>, slow: () => Promise<T>): Promise<T> {
  try {
    return await quick();
  } catch (error) {
    if (!isOfActivity(error)) throw error;
    return slow();
  }
}

export const claim = (purchaseId: string) =>
  localFirst(
    () => local.claimPurchase.executeWithOptions({ summary: 'Take the purchase over' }, [purchaseId]),
    () =>
      normal.claimPurchase.executeWithOptions({ summary: 'Take the purchase over, once Postgres is back' }, [
        purchaseId,
      ]),
  );

export const take = (purchaseId: string) =>
  localFirst(
    () => local.takeInbox.executeWithOptions({ summary: 'Look into the inbox' }, [purchaseId]),
    () => normal.takeInbox.executeWithOptions({ summary: 'Look into the inbox, once Postgres is back' }, [purchaseId]),
  );

/** `isToSend`: the same activity then makes the first attempt at what this record makes pending. */
export function record(change: PurchaseRecord, isToSend: boolean, answers: AnswerContext | null, summary: string) {
  const args: Parameters<PurchaseActivities['recordPurchase']> = [change, isToSend, answers];
  return localFirst(
    () => local.recordPurchase.executeWithOptions({ summary }, args),
    () => normal.recordPurchase.executeWithOptions({ summary: `${summary}, once Postgres is back` }, args),
  );
}

/** After this long without a heartbeat a worker counts as dead, and another one gets its task. */
export const WORKER_GONE = '10s';

/** How long Stripe may be unreachable before a person is asked [R6.2]. */
const STRIPE_PATIENCE = '3 days';

/** Retried for days while the purchase goes on; a 429 says itself when to try again. */
const stripe = proxyActivities<Pick<PurchaseActivities, 'sendToStripe' | 'readStripe'>>({
  startToCloseTimeout: '40s',
  heartbeatTimeout: WORKER_GONE,
  scheduleToCloseTimeout: STRIPE_PATIENCE,
  // A canceled request is waited for, since the run may only end after it.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
});

/** `failed`: how the first attempt ended. */
export const sendToStripe = (request: WriteRequest, failed: Failed | null, summary: string): Promise<WriteAnswer[]> =>
  stripe.sendToStripe.executeWithOptions({ summary }, [request, failed]);

/** `subscriptionId`: null = of what is paid once. */
export function readStripe(purchaseId: string, subscriptionId: string | null) {
  const summary = subscriptionId === null ? 'Read the payment at Stripe' : 'Read the subscription at Stripe';
  return stripe.readStripe.executeWithOptions({ summary }, [{ purchaseId, subscriptionId }]);
}

export const { acceptByHand } = proxyActivities<Pick<PurchaseActivities, 'acceptByHand'>>({
  startToCloseTimeout: '30s',
  retry: RETRY,
});
