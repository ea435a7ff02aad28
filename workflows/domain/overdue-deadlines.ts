import { accessStatus } from './access.ts';
import type { SubscriptionBilling } from './billing.ts';
import type { ChangeBuilder, Outcome } from './change.ts';
import { nextWarning } from './last-warning.ts';
import { sumMinor } from './money.ts';
import type { PurchaseState } from './purchase.ts';
import { isSuspended } from './suspension.ts';
import { AUTOMATION } from './verb.ts';

// What comes due while something is unpaid [R11.3].

/** What has come by then is acted on, and told of where access was not closed before. */
export function suspendAccess(change: ChangeBuilder, state: PurchaseState, billing: SubscriptionBilling): Outcome {
  if (!isSuspended(billing.overdue)) change.entry('purchase.access-suspended', {}, AUTOMATION);
  const overdue = billing.overdue.map((one) =>
    one.suspendsAt !== undefined && one.suspendsAt <= change.at ? { ...one, hasSuspended: true as const } : one,
  );
  return change.to({ ...state, billing: { ...billing, overdue } });
}

/** Sends it, unless nothing is open any more that could end, or ends before by itself. */
export function warnBeforeEnd(change: ChangeBuilder, state: PurchaseState, billing: SubscriptionBilling): Outcome {
  const warning = nextWarning(billing.overdue);
  const { cancellation, overdue } = billing;
  const endsBefore = warning && cancellation !== null && cancellation.at <= warning.accessEndsAt;
  if (warning && !endsBefore && !isSuspended(overdue) && accessStatus(state, change.at) !== 'none') {
    const { accessEndsAt, isCanceled } = warning;
    const [first] = overdue;
    const amountMinor = sumMinor(overdue.map((one) => one.amountMinor));
    const data = { accessEndsAt, isCanceled, amountMinor, currency: first?.currency ?? '' };
    change.entry('purchase.last-warning', data, AUTOMATION).email('payment-last-warning', 'customer', data);
  }
  const told = overdue.map(({ lastWarning: _told, ...one }) => ({ ...one, isWarned: true as const }));
  return change.to({ ...state, billing: { ...billing, overdue: told } });
}
