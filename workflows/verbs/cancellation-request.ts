import { isLive } from '../domain/billing.ts';
import { asksByRequest, isSettled } from '../domain/cancellation-request.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Refusal } from '../domain/refusals.ts';
import { isInside } from '../domain/refund-window.ts';
import { isRemoved } from '../domain/removal.ts';
import { both, type Reported, type Verb } from './verb.ts';

/** `requestId` is the command's own id. */
export type RequestCancellationInput = { requestId: string; refundWanted: boolean };

/** The request that is decided. */
export type RequestInput = { requestId: string };

/** Asks that it be canceled; nothing changes until somebody carries it out [R9.5]. */
export const requestCancellation: Verb<RequestCancellationInput> = {
  name: 'request-cancellation',

  forbids(state) {
    if (!asksByRequest(state)) return 'This purchase is not canceled by a request.';
    if (!isLive(state.billing)) return 'There is no live billing to cancel.';
    if (isSettled(state)) return 'It is canceled already, as of a date that is still to come.';
    return state.cancellationRequest ? 'Its cancellation has been requested already.' : null;
  },

  rejects(state, { refundWanted }, { now }) {
    const { refundWindow } = state;
    if (!refundWanted || !isRemoved(state) || (refundWindow && isInside(refundWindow, now))) return null;
    const closed = refundWindow
      ? `closed at ${refundWindow.closesAt}`
      : 'was open once, with the first of its purchases';
    const at = refundWindow?.closesAt;
    return { code: 'refund_window_closed', field: 'refundWanted', at, detail: `The refund window ${closed}.` };
  },

  effect: (state, { requestId: id, refundWanted }, { now: askedAt }) => ({
    ...state,
    cancellationRequest: { id, askedAt, refundWanted },
  }),

  reports: (state, { requestId, refundWanted }) => {
    const data = { requestId, refundWanted };
    const kind = isRemoved(state) ? 'add-on-removal-received' : 'cancellation-requested';
    const emails = both(kind, 'admin-cancellation-requested', { refundWanted });
    return { entry: 'purchase.cancellation-requested', data, emails };
  },
};

export const withdrawCancellationRequest: Verb<RequestInput> = {
  name: 'withdraw-cancellation-request',
  forbids: hasNone,
  rejects: rejectsRequest,
  effect: without,
  reports: (_state, { requestId }) => ({
    entry: 'purchase.cancellation-request-withdrawn',
    data: { requestId },
    emails: [{ kind: 'admin-cancellation-request-withdrawn', to: 'admins', data: {} }],
  }),
};

export const declineCancellationRequest: Verb<RequestInput> = {
  name: 'decline-cancellation-request',
  forbids: (state) =>
    hasNone(state) ?? (isRemoved(state) ? 'What an account asks for like this is not declined.' : null),
  rejects: rejectsRequest,
  effect: without,
  reports: (_state, { requestId }): Reported => ({
    entry: 'purchase.cancellation-request-declined',
    data: { requestId },
    emails: both('cancellation-request-declined', 'admin-cancellation-request-declined'),
  }),
};

function hasNone({ cancellationRequest }: PurchaseState): string | null {
  return cancellationRequest ? null : 'There is no open request to cancel it.';
}

/** Whatever names a request has to name the one that is open. */
export function rejectsRequest(
  { cancellationRequest }: PurchaseState,
  { requestId }: { requestId?: string | undefined },
): Refusal | null {
  if (requestId === undefined || requestId === cancellationRequest?.id) return null;
  return { code: 'wrong_state', detail: 'This request has been decided, or withdrawn, already.' };
}

function without(state: PurchaseState): PurchaseState {
  return { ...state, cancellationRequest: null };
}
