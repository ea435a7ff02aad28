import { isLive } from './billing.ts';
import { NO_CHANGE, type ChangeBuilder, type Outcome } from './change.ts';
import { chargeAhead, NOTICE_EMAILS, type ChargeAhead } from './charge-notice.ts';
import { isEmailOn } from './email-switch.ts';
import type { PurchaseState } from './purchase.ts';
import { AUTOMATION } from './verb.ts';

/** Says it, unless it comes too late, since no worker ran: by then it is charged. */
export function announceCharge(change: ChangeBuilder, state: PurchaseState): Outcome {
  const { billing } = state;
  if (!isLive(billing) || !billing.chargeNotice) return NO_CHANGE;
  const { settings, now } = change.context;
  const charge = chargeAhead(state);
  if (charge && now < charge.chargeAt && isEmailOn(state, settings, NOTICE_EMAILS[charge.of])) tell(change, charge);
  return change.to({ ...state, billing: { ...billing, chargeNotice: { ...billing.chargeNotice, at: null } } });
}

function tell(change: ChangeBuilder, { of, chargeAt, amountMinor, currency }: ChargeAhead): void {
  const { billing } = change.before;
  const methodId = isLive(billing) ? (billing.methodId ?? null) : null;
  const data = { chargeAt, amountMinor, currency, methodId };
  change.entry(`purchase.${NOTICE_EMAILS[of]}`, data, AUTOMATION).email(NOTICE_EMAILS[of], 'customer', data);
}
