/**
 * An object of Stripe's that lacks a value for which there is no safe default, or has one that we
 * do not know. Names field and id only.
 */
export class StripeUnreadable extends Error {
  override readonly name = 'StripeUnreadable';
  readonly field: string;
  readonly objectId: string;

  constructor(field: string, objectId: string) {
    super(`${objectId}: ${field} is missing or unknown`);
    this.field = field;
    this.objectId = objectId;
  }
}

/** The value if it is one of those that we know; else the object cannot be read. */
export function known<Value extends string>(
  values: readonly Value[],
  value: string | null | undefined,
  field: string,
  objectId: string,
): Value {
  const found = values.find((one) => one === value);
  if (found === undefined) throw new StripeUnreadable(field, objectId);
  return found;
}

/** The id of what Stripe gives as an id, or whole where it was expanded. */
export const idOf = (value: string | { id: string } | null | undefined): string | null =>
  value == null ? null : typeof value === 'string' ? value : value.id;

/** A value with the form of a Stripe code; no other text of Stripe's may end up in histories. */
export const codeIn = (value: unknown): string | null =>
  typeof value === 'string' && /^[\da-z_]{1,64}$/.test(value) ? value : null;
