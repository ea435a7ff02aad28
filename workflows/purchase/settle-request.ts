import { isSettled } from '../domain/cancellation-request.ts';
import type { Instant } from '../domain/instant.ts';
import type { TimelineEntry } from '../domain/outcome.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { SYSTEM } from '../domain/verb.ts';

type Recorded = { state: PurchaseState; entries: TimelineEntry[] };

/**
 * Ends the open request of a purchase that has ended or is going to. If no verb says that it
 * carries the request out, there is nothing left to decide, and that is an entry of its own [R9.5].
 */
export function settleRequest<Result extends Recorded>(result: Result, now: Instant): Result {
  const { state, entries } = result;
  const request = state.cancellationRequest;
  if (!request || !isSettled(state)) return result;
  const isNamed = entries.some(({ data }) => data.requestId === request.id && data.refundWanted === undefined);
  const entry: TimelineEntry = {
    type: 'purchase.cancellation-request-settled',
    at: now,
    actor: SYSTEM,
    commandId: null,
    data: { requestId: request.id },
  };
  return {
    ...result,
    state: { ...state, cancellationRequest: null },
    entries: isNamed ? entries : [...entries, entry],
  };
}
