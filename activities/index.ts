import type { Orm } from '../db/orm.ts';
import { createMoveClock, type ClockDeps } from './clock/move-clock.ts';
import { createAcceptByHand } from './inbox/accept-by-hand.ts';
import type { FaultPoint } from './fault-points.ts';
import type { StripeGateway } from './gateways/stripe/gateway.ts';
import type { Wakes } from './gateways/temporal.ts';
import type { AtOnce } from './mail/send-at-once.ts';
import { createClaimPurchase } from './purchase/claim-purchase.ts';
import { createReadStripe } from './purchase/read-stripe.ts';
import { createRecordPurchase } from './purchase/record-purchase.ts';
import { createSender } from './purchase/send-to-stripe.ts';
import { createTakeInbox } from './inbox/take-inbox.ts';

export type LifecycleDeps = {
  orm: Orm;
  gateway: StripeGateway;
  wakes: Wakes;
  faultPoint: FaultPoint;
  sendAtOnce: AtOnce['sendAtOnce'];
};

/** Everything that a purchase's workflow may ask for; each is safe to repeat. */
export function createPurchaseActivities(deps: LifecycleDeps) {
  const sender = createSender(deps);
  const takeInbox = createTakeInbox(deps);
  return {
    claimPurchase: createClaimPurchase({ orm: deps.orm, takeInbox }),
    takeInbox,
    recordPurchase: createRecordPurchase({ ...deps, sender }),
    sendToStripe: sender.sendToStripe,
    readStripe: createReadStripe(deps),
    acceptByHand: createAcceptByHand(deps),
  };
}

export type PurchaseActivities = ReturnType<typeof createPurchaseActivities>;

export const createClockActivities = (deps: ClockDeps) => ({ moveClock: createMoveClock(deps) });

export type ClockActivities = ReturnType<typeof createClockActivities>;

export { createJobActivities } from './jobs/job-activities.ts';
export { createMailActivities } from './mail/mail-activities.ts';
export { createSendAtOnce } from './mail/send-at-once.ts';
export { createSendEmail } from './mail/send-email.ts';
