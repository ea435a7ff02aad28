import { isLive } from './billing.ts';
import { chargeAhead, NOTICE_EMAILS, type ChargeAhead } from './charge-notice.ts';
import { isEmailOn } from './email-switch.ts';
import type { Instant } from './instant.ts';
import type { Telling } from './outcome.ts';
import type { PurchaseState } from './purchase.ts';
import type { LifecycleSettings } from './settings.ts';
import { AUTOMATION } from './verb.ts';

/**
 * Says it once its instant has come, in the same change: so a verb that makes it due at once shows
 * its email. Not where it comes too late, since no worker ran: by then it is charged.
 */
export function announceCharge(
  change: Telling,
  state: PurchaseState,
  { now, settings }: { now: Instant; settings: LifecycleSettings },
): PurchaseState {
  const { billing } = state;
  const notice = isLive(billing) ? billing.chargeNotice : undefined;
  if (!isLive(billing) || !notice?.at || notice.at > change.at) return state;
  const charge = chargeAhead(state);
  if (charge && now < charge.chargeAt && isEmailOn(state, settings, NOTICE_EMAILS[charge.of]))
    tell(change, charge, billing.methodId ?? null);
  return { ...state, billing: { ...billing, chargeNotice: { ...notice, at: null } } };
}

function tell(change: Telling, { of, chargeAt, amountMinor, currency }: ChargeAhead, methodId: string | null): void {
  const data = { chargeAt, amountMinor, currency, methodId };
  change.entry(`purchase.${NOTICE_EMAILS[of]}`, data, AUTOMATION).email(NOTICE_EMAILS[of], 'customer', data);
}
