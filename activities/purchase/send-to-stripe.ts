import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { keepStripeMessage } from '../../db/inbox/command-texts.ts';
import type { Orm } from '../../db/orm.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import { isShownAsStuck } from '../../db/jobs/status.ts';
import { LATE_AFTER_MS, type PendingCommand } from '../../workflows/domain/pending.ts';
import { isOpenEnded } from '../../workflows/domain/price.ts';
import { isRefund, type StripeWrite } from '../../workflows/domain/writes.ts';
import type { WriteAnswer } from '../../workflows/purchase/write-answer.ts';
import type { FaultPoint } from '../fault-points.ts';
import { singleFlight, soon } from '../first-try.ts';
import { Account } from '../../db/entities/account.ts';
import { PromotionCode } from '../../db/entities/promotion-code.ts';
import { ensurePromotion } from '../gateways/ensure-promotion.ts';
import { Offer } from '../../db/entities/offer.ts';
import { ensurePrice } from '../gateways/ensure-price.ts';
import type { StripeGateway, WriteKey } from '../gateways/stripe/gateway.ts';
import { StripeRefused, StripeUnavailable } from '../gateways/stripe/failures.ts';
import type { Wakes } from '../gateways/temporal.ts';

export type SendDeps = { orm: Orm; gateway: StripeGateway; wakes: Wakes; faultPoint: FaultPoint };
export type WriteRequest = { purchaseId: string; pending: PendingCommand };

/**
 * The outcome of a short attempt at Stripe: answers, a failure for now, or (null) no answer yet.
 */
export type Tried = { answers: WriteAnswer[] } | { answers: null; failed: Failed | null };
export type Failed = { code: string; retryAfterMs: number | null };

export type Sender = {
  /** One short attempt. */
  trySoon: (request: WriteRequest) => Promise<Tried>;
  /** As many attempts as Temporal makes; a first one that has failed counts as one of them. */
  sendToStripe: (request: WriteRequest, failed: Failed | null) => Promise<WriteAnswer[]>;
};

/**
 * Sends the remaining writes of a pending verb: returns at least one answer, or throws. Each write
 * is made once, however often this is called.
 */
export function createSender(deps: SendDeps): Sender {
  const send = singleFlight(stepOf, (request: WriteRequest) => sendRest(deps, request));
  return {
    async trySoon(request) {
      try {
        const answers = await soon(send(request));
        return answers ? { answers } : { answers: null, failed: null };
      } catch (error) {
        const isAway = error instanceof StripeUnavailable;
        return {
          answers: null,
          failed: isAway ? { code: error.code, retryAfterMs: error.retryAfterMs ?? null } : null,
        };
      }
    },

    async sendToStripe(request, failed) {
      const startedMs = Date.now();
      try {
        if (failed && activityInfo().attempt === 1)
          throw new StripeUnavailable(failed.code, failed.retryAfterMs ?? undefined);
        return await send(request);
      } catch (error) {
        await tellLate(deps, request.purchaseId, startedMs);
        throw toFailure(error);
      }
    },
  };
}

const stepOf = ({ pending: { command, firstIndex, answered, generation } }: WriteRequest): string =>
  [command.commandId, firstIndex + answered, generation].join(':');

/** The answers before a write that fails are returned, to be recorded at once. */
async function sendRest(deps: SendDeps, { purchaseId, pending }: WriteRequest): Promise<WriteAnswer[]> {
  const stripeAccount = await stripeAccountOf(deps.orm.em.fork(), purchaseId);
  const answers: WriteAnswer[] = [];
  for (let index = pending.answered; index < pending.writes.length; index += 1) {
    try {
      answers.push(await sendOne(deps, { purchaseId, pending, index, stripeAccount }));
    } catch (error) {
      if (answers.length === 0) throw error;
      break;
    }
    if (index === 0 && answers[0]?.kind !== 'done') break;
  }
  return answers;
}

type OneWrite = WriteRequest & { index: number; stripeAccount: string | null };

/**
 * Before the first write of a verb that refunds, every refund is checked at Stripe, so that the
 * verb is refused as a whole or not at all [R6.2].
 */
async function sendOne(deps: SendDeps, { purchaseId, pending, index, stripeAccount }: OneWrite): Promise<WriteAnswer> {
  const { command, generation, firstTriedAt, firstIndex, writes } = pending;
  const key = { commandId: command.commandId, purchaseId, index: firstIndex + index, generation, firstTriedAt };
  if (index === 0 && generation === 0 && writes.some(isRefund)) {
    const check = await deps.gateway.checkRefunds(writes, key, stripeAccount);
    if (!check.ok) return { kind: 'unsafe', refusal: { code: check.code, detail: REFUSED[check.code] } };
  }
  const point = `${command.name}:${index}`;
  await deps.faultPoint(`stripe:before:${point}`, [command.commandId]);
  const answer = await sendReady(deps, writes[index]!, { key, stripeAccount });
  await deps.faultPoint(`stripe:after:${point}`, [command.commandId]);
  if (answer.kind === 'done') return answer;
  await keepStripeMessage(deps.orm.em.fork(), command.commandId, answer.message);
  return { kind: 'refused', stripeCode: answer.stripeCode, isCard: answer.isCard };
}

type Sending = { key: WriteKey; stripeAccount: string | null };

/** Sends it once its price is there: Stripe was away when the change was asked for. */
async function sendReady({ orm, gateway }: SendDeps, write: StripeWrite, { key, stripeAccount }: Sending) {
  if (write.op === 'applyCode') return sendCode({ orm, gateway }, write, { key, stripeAccount });
  if (!('priceId' in write)) return gateway.send(write, key, stripeAccount);
  if (write.priceId !== null) return gateway.send(write, key, stripeAccount);
  const em = orm.em.fork();
  const { offerId, ...rest } = write;
  const offer = await em.findOneOrFail(Offer, { id: offerId });
  const { price } = offer;
  if (!isOpenEnded(price)) throw new Error('a change to what is no subscription');
  try {
    const made = await ensurePrice({ em, account: { stripeAccount }, offer, price, lost: null }, { stripe: gateway });
    return await gateway.send({ ...rest, priceId: made.stripePriceId }, key, stripeAccount);
  } catch (error) {
    return asRefused(error);
  }
}

/** @throws what is no refusal of Stripe's */
function asRefused(error: unknown) {
  if (!(error instanceof StripeRefused)) throw error;
  const { stripeCode, isCard, message } = error;
  return { kind: 'refused' as const, stripeCode, isCard, message };
}

async function sendCode(
  { orm, gateway }: Pick<SendDeps, 'orm' | 'gateway'>,
  { promotionCodeId, ...write }: Extract<StripeWrite, { op: 'applyCode' }>,
  { key, stripeAccount }: Sending,
) {
  const em = orm.em.fork();
  const code = await em.findOneOrFail(PromotionCode, { id: promotionCodeId });
  const { mode } = await em.findOneOrFail(Account, { id: code.accountId });
  try {
    const stripePromotionId = await ensurePromotion({ em, account: { mode, stripeAccount } }, code, {
      stripe: gateway,
    });
    return await gateway.send({ ...write, stripePromotionId }, key, stripeAccount);
  } catch (error) {
    return asRefused(error);
  }
}

/**
 * A write that has been unanswered for long is shown as stuck: the purchase is woken once to note
 * it.
 */
async function tellLate({ orm, wakes }: SendDeps, purchaseId: string, startedMs: number): Promise<void> {
  const { scheduledTimestampMs, currentAttemptScheduledTimestampMs } = activityInfo();
  // By Temporal's clock up to this attempt, and by ours since.
  const waitedMs = currentAttemptScheduledTimestampMs - scheduledTimestampMs + Date.now() - startedMs;
  if (waitedMs < LATE_AFTER_MS) return;
  const isShown = await isShownAsStuck(orm.em.fork(), purchaseId).catch(() => true);
  if (!isShown) await wakes.wake(purchaseId, { kind: 'stripe.late', rowId: null });
}

const REFUSED = {
  payment_disputed: 'A payment is disputed at Stripe and cannot be refunded.',
  amount_too_large: 'Less than that is left of the payment at Stripe.',
};

/** Codes only: a provider's message may hold personal data, and this goes into a history. */
export function toFailure(error: unknown): unknown {
  if (!(error instanceof StripeUnavailable)) return error;
  return ApplicationFailure.create({
    type: 'StripeUnavailable',
    message: `Stripe cannot be reached (${error.code}); it is tried again.`,
    nextRetryDelay: error.retryAfterMs,
  });
}
