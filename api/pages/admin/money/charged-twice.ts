import type { z } from 'zod';
import { DAY_MS, toMs } from '../../../../workflows/domain/instant.ts';
import type { paymentSchema } from '../../../money/payment-schema.ts';

export type Payment = z.output<typeof paymentSchema>;

/** A charge, and the one of the same amount before it. */
export type Twice = { earlier: Payment; later: Payment };

/**
 * The charges of one person that follow another of the same amount within less than a day, the
 * newest first [R11.7].
 */
export function chargedTwice(payments: readonly Payment[]): Twice[] {
  const before = new Map<string, Payment>();
  const found: Twice[] = [];
  for (const later of payments.filter(({ paidAt }) => paidAt !== null).toSorted(byTime)) {
    const key = [later.contactId, later.currency, later.amountMinor].join(' ');
    const earlier = before.get(key);
    if (earlier && toMs(later.at) - toMs(earlier.at) < DAY_MS) found.unshift({ earlier, later });
    before.set(key, later);
  }
  return found;
}

/** As the list, the other way round. */
const byTime = (a: Payment, b: Payment): number => a.at.localeCompare(b.at) || (a.id < b.id ? -1 : 1);
