import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { keepStripeMessage } from '../../db/command-texts.ts';
import type { Orm } from '../../db/orm.ts';
import { stripeAccountOf } from '../../db/stripe-account.ts';
import { isShownAsStuck } from '../../db/status.ts';
import { LATE_AFTER_MS, type PendingCommand } from '../../workflows/domain/pending.ts';
import { isRefund } from '../../workflows/domain/writes.ts';
import type { StepAnswer } from '../../workflows/carry-out.ts';
import type { FaultPoint } from '../fault-points.ts';
import type { StripeGateway } from '../gateways/stripe/gateway.ts';
import { StripeUnavailable } from '../gateways/stripe/failures.ts';
import type { Poker } from '../gateways/temporal.ts';

export type SendDeps = { orm: Orm; gateway: StripeGateway; poker: Poker; faultPoint: FaultPoint };
export type StepRequest = { purchaseId: string; pending: PendingCommand };

/**
 * Sends the next write of a pending verb, once, however often it is called. Before the first write of a verb that refunds, every refund is
 * checked at Stripe, so that a verb of several writes is refused as a whole or not at all [R6.2].
 */
export const createSendToStripe =
  (deps: SendDeps) =>
  async ({ purchaseId, pending }: StepRequest): Promise<StepAnswer> => {
    const { command, answered, generation, firstTriedAt, writes } = pending;
    const startedMs = Date.now();
    const write = writes[answered];
    if (!write) throw ApplicationFailure.nonRetryable('every write has been answered', 'NothingToSend');
    const stripeAccount = await stripeAccountOf(deps.orm.em.fork(), purchaseId);
    const point = `${command.name}:${answered}`;
    try {
      if (answered === 0 && generation === 0 && writes.some(isRefund)) {
        const check = await deps.gateway.checkRefunds(writes, stripeAccount);
        if (!check.ok) return { kind: 'unsafe', refusal: { code: check.code, detail: REFUSED[check.code] } };
      }
      deps.faultPoint(`stripe:before:${point}`, [command.commandId]);
      const key = { commandId: command.commandId, purchaseId, index: answered, generation, firstTriedAt };
      const answer = await deps.gateway.send(write, key, stripeAccount);
      deps.faultPoint(`stripe:after:${point}`, [command.commandId]);
      if (answer.kind === 'done') return answer;
      await keepStripeMessage(deps.orm.em.fork(), command.commandId, answer.message);
      return { kind: 'refused', stripeCode: answer.stripeCode, isCard: answer.isCard };
    } catch (error) {
      await tellLate(deps, purchaseId, startedMs);
      throw toFailure(error);
    }
  };

/** A step that has not been answered for long is shown as stuck: the purchase is woken, once, to note it. */
async function tellLate({ orm, poker }: SendDeps, purchaseId: string, startedMs: number): Promise<void> {
  const { scheduledTimestampMs, currentAttemptScheduledTimestampMs } = activityInfo();
  // By Temporal's clock up to this try, and by ours for how long it took.
  const waitedMs = currentAttemptScheduledTimestampMs - scheduledTimestampMs + Date.now() - startedMs;
  if (waitedMs < LATE_AFTER_MS) return;
  const isShown = await isShownAsStuck(orm.em.fork(), purchaseId).catch(() => true);
  if (!isShown) await poker.wake(purchaseId, { kind: 'stripe.late', rowId: null });
}

const REFUSED = {
  payment_disputed: 'A payment is disputed at Stripe and cannot be refunded.',
  amount_too_large: 'Less than that is left of the payment at Stripe.',
};

/** Codes only: a provider's words may hold personal data, and this ends up in a history. */
export function toFailure(error: unknown): unknown {
  if (!(error instanceof StripeUnavailable)) return error;
  return ApplicationFailure.create({
    type: 'StripeUnavailable',
    message: `Stripe cannot be reached (${error.code}); it is tried again.`,
    nextRetryDelay: error.retryAfterMs,
  });
}
