import { isLive } from './billing.ts';
import { endCalls, remind } from './calls/call-deadlines.ts';
import { ChangeBuilder, NO_CHANGE, type Context, type Outcome } from './change.ts';
import { warnOfExpiry } from './credits/warn-of-expiry.ts';
import type { OwnDue } from './due.ts';
import type { PurchaseState } from './purchase.ts';
import { tellOfCard } from './tell-of-card.ts';
import { suspendAccess, warnBeforeEnd } from './overdue-deadlines.ts';
import { AUTOMATION, SYSTEM } from './verb.ts';

/**
 * What one of our own instants does, as of that instant and however late it is carried out [R1.5].
 */
export function applyDeadline(state: PurchaseState, due: OwnDue, context: Context): Outcome {
  const change = new ChangeBuilder(state, due.at, context);
  switch (due.kind) {
    case 'resume': {
      if (!isLive(state.billing) || !state.billing.pause) return NO_CHANGE;
      change.entry('purchase.resumed', {}, AUTOMATION);
      change.email('purchase-resumed', 'customer').email('admin-purchase-resumed', 'admins');
      return change.to({ ...state, billing: { ...state.billing, pause: null } });
    }
    case 'access-starts':
      return reached(change.entry('purchase.access-started', {}, AUTOMATION), state, { accessStarted: true });
    case 'access-expires':
      return reached(change.entry('purchase.access-expired', {}, AUTOMATION), state, { accessExpired: true });
    case 'access-suspends':
      return isLive(state.billing) ? suspendAccess(change, state, state.billing) : NO_CHANGE;
    case 'last-warning':
      return isLive(state.billing) ? warnBeforeEnd(change, state, state.billing) : NO_CHANGE;
    case 'card-notice':
      return isLive(state.billing) ? tellOfCard(change, state, state.billing) : NO_CHANGE;
    case 'refund-window-closes': {
      if (!state.refundWindow) return NO_CHANGE;
      change.entry('purchase.refund-window-closed', {}, SYSTEM);
      return change.to({ ...state, refundWindow: { ...state.refundWindow, closedAt: due.at } });
    }
    case 'trial-notice':
    case 'payment-notice':
    case 'credit-expiry':
    case 'credit-issue':
      return change.to(state);
    case 'credit-warning':
      return warnOfExpiry(change, state);
    case 'call-reminder':
      return change.to(remind(change, state, due.at));
    case 'call-end':
      return change.to(endCalls(change, state, due.at));
    case 'stripe-overdue':
      return { kind: 'read' };
  }
}

const reached = (change: ChangeBuilder, state: PurchaseState, what: Partial<PurchaseState['reached']>): Outcome =>
  change.to({ ...state, reached: { ...state.reached, ...what } });
