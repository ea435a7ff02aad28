import type { Metadata } from '../data/docs.ts';

/** Stripe's rule: named keys are set, keys set to '' are removed, the others stay. */
export function mergeMetadata(known: Metadata, changes: Metadata | undefined): Metadata {
  return Object.fromEntries(Object.entries({ ...known, ...changes }).filter(([, value]) => value !== ''));
}
