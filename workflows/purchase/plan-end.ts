import { stopWanted } from '../domain/plan-ahead.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { PassResult } from './pass-result.ts';

/** The result, which has a payment plan's safety stop at Stripe follow where its end has moved. */
export function withPlanEnd(result: PassResult, before: PurchaseState): PassResult {
  const at = stopWanted(result.state);
  if (at === null || at === stopWanted(before)) return result;
  return { ...result, followUps: [...result.followUps, { name: 'set-plan-end', input: { at } }] };
}
