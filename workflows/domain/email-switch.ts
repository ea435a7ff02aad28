import type { PurchaseState } from './purchase.ts';
import type { LifecycleSettings } from './settings.ts';

/** Whether an email is sent: the account or the offer may have switched it off [R4.3, R13.4]. */
export const isEmailOn = (state: PurchaseState, settings: LifecycleSettings, kind: string): boolean =>
  !settings.emailsOff.includes(kind) && !state.terms.emailsOff.includes(kind);
