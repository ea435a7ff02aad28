import type Stripe from 'stripe';
import { isRefund, type AnyWrite } from '../../../workflows/domain/writes.ts';
import { reading } from './call.ts';
import { orThrow } from './failures.ts';
import { findEffect } from './find-effect.ts';
import type { Account, RefundCheck, WriteKey } from './gateway.ts';
import { moneyMoverOf, type MoneyMover } from './payment-intent.ts';
import { barsRefund, fromStripeDispute } from './refund-fact.ts';
import { idOf } from './unreadable.ts';

/**
 * Reads the charge of every payment to be refunded, and reports the first that cannot be refunded
 * [R6.2, R10.6]. A command that has already written only goes forward. If the check is repeated
 * after a lost answer, the command's own refund does not count against it.
 */
export async function checkRefunds(
  stripe: Stripe,
  writes: readonly AnyWrite[],
  key: WriteKey,
  account: Account,
): Promise<RefundCheck> {
  const check = await checkCharges(stripe, writes, account);
  return check.ok || !(await orThrow(hasBegun(stripe, writes, key, account))) ? check : { ok: true };
}

/** `key` is that of the first write. */
async function hasBegun(
  stripe: Stripe,
  writes: readonly AnyWrite[],
  key: WriteKey,
  account: Account,
): Promise<boolean> {
  for (const [offset, write] of writes.entries()) {
    if (await findEffect(stripe, write, { ...key, index: key.index + offset }, account)) return true;
  }
  return false;
}

async function checkCharges(stripe: Stripe, writes: readonly AnyWrite[], account: Account): Promise<RefundCheck> {
  for (const [paymentId, amountMinor] of amountsByPayment(writes)) {
    const mover = await orThrow(moneyMoverOf(stripe, paymentId, account));
    const charge = mover && (await orThrow(chargeOf(stripe, mover, account)));
    if (!charge) return { ok: false, paymentId, code: 'amount_too_large' };
    if (charge.disputed && (await orThrow(isStillDisputed(stripe, charge, account)))) {
      return { ok: false, paymentId, code: 'payment_disputed' };
    }
    const left = charge.amount_captured - charge.amount_refunded;
    if (amountMinor > left) return { ok: false, paymentId, code: 'amount_too_large' };
  }
  return { ok: true };
}

function amountsByPayment(writes: readonly AnyWrite[]): Map<string, number> {
  const amounts = new Map<string, number>();
  for (const { paymentId, amountMinor } of writes.filter(isRefund)) {
    amounts.set(paymentId, (amounts.get(paymentId) ?? 0) + amountMinor);
  }
  return amounts;
}

async function chargeOf(stripe: Stripe, mover: MoneyMover, account: Account): Promise<Stripe.Charge | null> {
  if ('charge' in mover) return stripe.charges.retrieve(mover.charge, {}, reading(account));
  const intent = await stripe.paymentIntents.retrieve(mover.payment_intent, {}, reading(account));
  const chargeId = idOf(intent.latest_charge);
  return chargeId === null ? null : stripe.charges.retrieve(chargeId, {}, reading(account));
}

/** `disputed` is true for an inquiry too, and stays so after a dispute is won. */
async function isStillDisputed(stripe: Stripe, charge: Stripe.Charge, account: Account): Promise<boolean> {
  const { data } = await stripe.disputes.list({ charge: charge.id, limit: 100 }, reading(account));
  return data.some((dispute) => barsRefund(fromStripeDispute(dispute, charge.id)));
}
