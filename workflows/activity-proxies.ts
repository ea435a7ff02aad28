import { ActivityCancellationType, ActivityFailure, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { PurchaseActivities } from '../activities/index.ts';
import type { Failed, StepRequest } from '../activities/purchase/send-to-stripe.ts';
import type { PurchaseRecord } from '../db/purchase/record-purchase.ts';
import type { StepAnswer } from './purchase/write-answer.ts';

const RETRY = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' } as const;

/** Short work on Postgres: a local activity costs half a normal one, but must be over soon. */
const local = proxyLocalActivities<PurchaseActivities>({
  scheduleToCloseTimeout: '8s',
  localRetryThreshold: '8s',
  retry: { ...RETRY, initialInterval: '100ms', maximumInterval: '2s' },
});

/** The same work while Postgres is away: retried for ever, and seen in the history. */
const patient = proxyActivities<PurchaseActivities>({ startToCloseTimeout: '30s', retry: RETRY });

/** Runs locally, and patiently once that has taken too long. */
async function soon<T>(quick: () => Promise<T>, slow: () => Promise<T>): Promise<T> {
  try {
    return await quick();
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return slow();
  }
}

export const claim = (purchaseId: string) =>
  soon(
    () => local.claimPurchase.executeWithOptions({ summary: 'Take the purchase over' }, [purchaseId]),
    () =>
      patient.claimPurchase.executeWithOptions({ summary: 'Take the purchase over, once Postgres is back' }, [
        purchaseId,
      ]),
  );

export const take = (purchaseId: string) =>
  soon(
    () => local.takeInbox.executeWithOptions({ summary: 'Look into the inbox' }, [purchaseId]),
    () => patient.takeInbox.executeWithOptions({ summary: 'Look into the inbox, once Postgres is back' }, [purchaseId]),
  );

/** `isToSend`: what is pending by this record has its first try at Stripe within the same step. */
export const record = (change: PurchaseRecord, isToSend: boolean, summary: string) =>
  soon(
    () => local.recordPurchase.executeWithOptions({ summary }, [change, isToSend]),
    () =>
      patient.recordPurchase.executeWithOptions({ summary: `${summary}, once Postgres is back` }, [change, isToSend]),
  );

/**
 * A worker that has not been heard of for so long is gone, and what it had in hand is given to
 * another.
 */
export const WORKER_GONE = '10s';

/** How long Stripe may stay away before a person is asked [R6.2]. */
const STRIPE_PATIENCE = '3 days';

/** Stripe is retried for days beside everything else; a 429 names its own delay. */
const stripe = proxyActivities<Pick<PurchaseActivities, 'sendToStripe' | 'readStripe'>>({
  startToCloseTimeout: '40s',
  heartbeatTimeout: WORKER_GONE,
  scheduleToCloseTimeout: STRIPE_PATIENCE,
  // What was let go of is waited for before the run may end.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
});

/** As many tries as three days allow; `failed`: how the first one ended already. */
export const sendToStripe = (request: StepRequest, failed: Failed | null, summary: string): Promise<StepAnswer[]> =>
  stripe.sendToStripe.executeWithOptions({ summary }, [request, failed]);

export const readStripe = (purchaseId: string, subscriptionId: string) =>
  stripe.readStripe.executeWithOptions({ summary: 'Read the subscription at Stripe' }, [
    { purchaseId, subscriptionId },
  ]);

export const { acceptByHand } = proxyActivities<Pick<PurchaseActivities, 'acceptByHand'>>({
  startToCloseTimeout: '30s',
  retry: RETRY,
});
