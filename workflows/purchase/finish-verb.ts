import type { Tried } from '../../activities/purchase/send-to-stripe.ts';
import type { Claim } from '../../db/purchase/claim-purchase.ts';
import type { PurchaseRecord } from '../../db/purchase/purchase-record.ts';
import type { Instant } from '../domain/instant.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { LifecycleSettings } from '../domain/settings.ts';
import { stuckReasonOf } from './attention.ts';
import { recordOf } from './pass-record.ts';
import type { PassResult } from './pass-result.ts';
import { applyAnswers, type WriteAnswer } from './write-answer.ts';

/**
 * How the first attempt at Stripe ended, and what was recorded of it already; null = nothing was
 * sent, nothing recorded.
 */
export type Sent = { tried: Tried | null; finished: PassResult | null };

export const NOTHING_SENT: Sent = { tried: null, finished: null };

export type VerbFinish = { result: PassResult; change: PurchaseRecord; fingerprint: string };

/**
 * What comes of a pending verb whose writes Stripe has all done. Worked out twice, by the activity
 * that sent them, which records it, and by the workflow: a fingerprint tells whether both came to
 * the same state.
 */
export function finishVerb(
  claim: Claim,
  answers: WriteAnswer[],
  { at, settings }: { at: Instant; settings: LifecycleSettings },
): VerbFinish {
  const result = applyAnswers(claim.state, answers, at, settings);
  const change = recordOf(result, claim, at, stuckReasonOf(result.state));
  return { result, change, fingerprint: fingerprint(result.state) };
}

/**
 * As JSON has it: FNV-1a in two lanes of 32 bits, 16 hex digits. A snapshot has kilobytes, for
 * which `digest` takes a millisecond.
 */
function fingerprint(state: PurchaseState): string {
  const text = JSON.stringify(state);
  let [first, second] = [0x811c9dc5, 0xc2b2ae35];
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place);
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul(second ^ unit, 0x85ebca6b);
  }
  return [first, second].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
}
