/**
 * An integer of the currency's minor unit with its ISO 4217 code in lower case:
 * `{ amountMinor: 4900, currency: 'usd' }` [R1.4].
 */
export type Money = { amountMinor: number; currency: string };

/** An amount that can be charged or refunded: a positive safe integer. */
export const isAmount = (amountMinor: unknown): amountMinor is number =>
  Number.isSafeInteger(amountMinor) && (amountMinor as number) > 0;

export const sumMinor = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
