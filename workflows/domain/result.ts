import type { Refusal } from './refusals.ts';

/** What the domain answers instead of throwing: a value, or why not. */
export type Result<Value> = { ok: true; value: Value } | { ok: false; refusal: Refusal };

export const accept = <Value>(value: Value): Result<Value> => ({ ok: true, value });

export const refuse = (refusal: Refusal): { ok: false; refusal: Refusal } => ({ ok: false, refusal });
