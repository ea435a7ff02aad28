import { pauseOf, pendingChangeOf } from '../domain/billing-parts.ts';
import { isLive, type SubscriptionBilling } from '../domain/billing.ts';
import { asksByRequest } from '../domain/cancellation-request.ts';
import { instalmentsOf } from '../domain/instalments.ts';
import type { Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { forbids } from './ask.ts';

// What customers may ask for by themselves, where their site lets them [R7.5, R9].

/** The site alone cancels a payment plan [R9.1]; a change of offer is undone first [R26.3]. */
export const maySelfCancel = (state: PurchaseState, now: Instant): boolean =>
  !asksByRequest(state) &&
  pendingCancellation(state) === null &&
  pendingChangeOf(state.billing) === null &&
  instalmentsOf(state.billing) === null &&
  forbids('cancel', state, now) === null;

/**
 * A customer takes back what they asked for themselves; what the site decided is the site's [R9.3].
 */
export const mayUndo = (state: PurchaseState, now: Instant): boolean =>
  pendingCancellation(state)?.cause === 'voluntary' && forbids('undo-cancel', state, now) === null;

export const pendingCancellation = ({ billing }: PurchaseState): SubscriptionBilling['cancellation'] =>
  isLive(billing) ? billing.cancellation : null;

/** As with a cancellation: what the site has planned is the site's [R26.4]. */
export const mayUndoChange = (state: PurchaseState, now: Instant): boolean =>
  pendingChangeOf(state.billing)?.isOwn === true && forbids('undo-change-offer', state, now) === null;

/** A customer ends the pause that they asked for; the site's own is the site's [R7.5]. */
export const mayResume = (state: PurchaseState, now: Instant): boolean =>
  pauseOf(state.billing)?.by?.kind === 'customer' && forbids('resume', state, now) === null;
