import { isLive } from '../domain/billing.ts';
import { asksByRequest, isSettled } from '../domain/cancellation-request.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Refusal } from '../domain/refusals.ts';
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

  effect: (state, { requestId: id, refundWanted }, { now: askedAt }) => ({
    ...state,
    cancellationRequest: { id, askedAt, refundWanted },
  }),

  reports: (_state, { requestId, refundWanted }) => {
    const data = { requestId, refundWanted };
    const emails = both('cancellation-requested', 'admin-cancellation-requested', { refundWanted });
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
  forbids: hasNone,
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
