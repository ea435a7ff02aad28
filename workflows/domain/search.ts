/** What can be found, in the order in which it is shown. */
export const SEARCH_KINDS = ['contact', 'purchase', 'payment', 'offer', 'email', 'call'] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

/** Ids from `first` to `last`, both included: all that begin alike, or one. */
export type IdRange = { first: string; last: string };

/** What somebody may have meant by what they typed, besides words. */
export type Meant = {
  ids: IdRange | null;
  stripeId: string | null;
  last4: string | null;
  address: string | null;
};

/** A beginning of an id of ours is told from a word by its length. */
const LEAST_OF_ID = 8;
const ID = /^[0-9a-f]{8}(?:-?[0-9a-f]{0,4}){1,3}(?:-?[0-9a-f]{0,12})$/i;
const STRIPE_ID = /^[a-z]{2,8}_[A-Za-z0-9_-]{1,200}$/;
const LAST_FOUR = /^\d{4}$/;
const ADDRESS = /^[^\s@]+@[^\s@]+$/;

export function meantBy(typed: string): Meant {
  return {
    ids: ID.test(typed) ? idsFrom(typed) : null,
    stripeId: STRIPE_ID.test(typed) ? typed : null,
    last4: LAST_FOUR.test(typed) ? typed : null,
    address: ADDRESS.test(typed) ? typed.toLowerCase() : null,
  };
}

/** `null`: it is longer than any id. */
function idsFrom(typed: string): IdRange | null {
  const digits = typed.replaceAll('-', '').toLowerCase();
  if (digits.length < LEAST_OF_ID || digits.length > 32) return null;
  return { first: asId(digits.padEnd(32, '0')), last: asId(digits.padEnd(32, 'f')) };
}

const asId = (digits: string): string =>
  [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-');

/**
 * Of less than this one cannot search: a single letter or digit is in everything. Letters that have
 * a word each are enough by themselves.
 */
export const isTooShort = (typed: string): boolean => /^[\0-\x7f]?$/.test(typed.trim());
