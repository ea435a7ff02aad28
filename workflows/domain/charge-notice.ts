import { isLive, nextChargeAt, type SubscriptionBilling } from './billing.ts';
import type { ChargeNotice } from './charge.ts';
import { nextPeriodCharge } from './charges.ts';
import { isEmailOn } from './email-switch.ts';
import { addDays, fromMs, latest, toMs, toWholeSecond, type Instant } from './instant.ts';
import type { Money } from './money.ts';
import type { PurchaseState } from './purchase.ts';
import type { LifecycleSettings } from './settings.ts';

/** So long before a trial ends its customer is told [R13.3]; of a shorter one nobody is. */
const TRIAL_DAYS = 3;

export type ChargeAhead = Money & Pick<ChargeNotice, 'of' | 'chargeAt'>;

export const NOTICE_EMAILS = { trial: 'trial-ending', payment: 'upcoming-payment' } as const;

/** When it is said before the charge that is next; null = not, as things stand. */
export function chargeNoticeAt({ billing }: PurchaseState, of: ChargeNotice['of']): Instant | null {
  const notice = isLive(billing) ? billing.chargeNotice : undefined;
  return notice?.of === of ? notice.at : null;
}

/**
 * Plans the notice of the charge that is next once the purchase stands so: whatever changes the
 * purchase changes it too. One that would be past already is due at once.
 */
export function followChargeNotice(state: PurchaseState, now: Instant, settings: LifecycleSettings): PurchaseState {
  const { billing } = state;
  // What was looked at before there were notices does not name the setting.
  if (!isLive(billing) || settings.upcomingPaymentDays === undefined) return state;
  const planned = noticeOf(state, billing, now, { ...settings, upcomingPaymentDays: settings.upcomingPaymentDays });
  const { chargeNotice: known, ...others } = billing;
  if (planned === known) return state;
  return { ...state, billing: planned ? { ...others, chargeNotice: planned } : others };
}

type Chosen = LifecycleSettings & { upcomingPaymentDays: number };

function noticeOf(state: PurchaseState, billing: SubscriptionBilling, now: Instant, settings: Chosen) {
  const { chargeNotice: known, periodStart } = billing;
  const told = known?.at === null ? known : undefined;
  const charge = chargeAhead(state);
  if (!charge || charge.chargeAt === told?.chargeAt || charge.chargeAt <= now) return told;
  const { of, chargeAt } = charge;
  if (!isEmailOn(state, settings, NOTICE_EMAILS[of])) return undefined;
  const from = periodStart ?? now;
  if (of === 'trial' && addDays(chargeAt, -TRIAL_DAYS) <= from) return undefined;
  const planned = of === 'trial' ? addDays(chargeAt, -TRIAL_DAYS) : paymentNotice(from, chargeAt, settings);
  const at = latest(planned, now);
  return known?.of === of && known.chargeAt === chargeAt && known.at === at ? known : { of, chargeAt, at };
}

/** Half of the time before where a period is hardly longer than the days. */
const paymentNotice = (from: Instant, chargeAt: Instant, { upcomingPaymentDays }: Chosen): Instant =>
  latest(addDays(chargeAt, -upcomingPaymentDays), toWholeSecond(fromMs(Math.floor((toMs(from) + toMs(chargeAt)) / 2))));

/**
 * The next regular charge of what has begun, as things stand. A trial's end is one even where
 * nothing has to be paid for the first period.
 */
export function chargeAhead(state: PurchaseState): ChargeAhead | null {
  const { billing, startedAt, duplicateOf } = state;
  const chargeAt = nextChargeAt(billing);
  const money = nextPeriodCharge(state, chargeAt);
  if (!isLive(billing) || startedAt === null || duplicateOf !== null || chargeAt === null || !money) return null;
  if (billing.phase === 'trialing') return { of: 'trial', chargeAt, ...money };
  return money.amountMinor > 0 ? { of: 'payment', chargeAt, ...money } : null;
}
