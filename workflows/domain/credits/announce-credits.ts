import { accessStatus } from '../access.ts';
import { endOf } from '../billing-parts.ts';
import type { Instant } from '../instant.ts';
import type { Telling } from '../outcome.ts';
import { SYSTEM } from '../verb.ts';
import type { Followed } from './follow-credits.ts';
import { availableAt, type CreditEntry } from './ledger.ts';

/**
 * Timeline entries and emails for what became of credits by itself. Nobody is told of new ones
 * while all access is closed.
 */
export function announceCredits(change: Telling, { next, ledger }: Followed): void {
  const gone = ledger.filter(({ kind }) => kind === 'expired').map(({ credit }) => credit);
  for (const [at, issued] of byInstant(ledger, 'issued')) {
    const { expiresAt } = issued[0]!;
    change.entry('credits.issued', { count: issued.length, expiresAt }, SYSTEM, at);
    const lasting = issued.filter(({ credit }) => !gone.includes(credit)).length;
    if (lasting > 0 && accessStatus(next, change.at) !== 'none')
      change.email('credit-issued', 'customer', { count: lasting, expiresAt, available: availableIn(next, change.at) });
  }
  for (const [at, expired] of byInstant(ledger, 'expired'))
    change.entry('credits.expired', { count: expired.length }, SYSTEM, at);
  announceForfeited(change, { next, ledger });
}

/** Money-back has its own email, which is the only one then [R13.3]. */
function announceForfeited(change: Telling, { next, ledger }: Followed): void {
  for (const [at, forfeited] of byInstant(ledger, 'forfeited')) {
    const data = { count: forfeited.length };
    change.entry('credits.forfeited', data, SYSTEM, at);
    if (endOf(next.billing)?.cause !== 'refund') change.email('credits-forfeited', 'customer', data);
  }
  for (const [at, spent] of byInstant(ledger, 'spent'))
    change.entry('credits.spent', { count: spent.length }, SYSTEM, at);
}

const availableIn = ({ credits }: Followed['next'], at: Instant): number =>
  credits ? availableAt(credits, at).length : 0;

const byInstant = (ledger: CreditEntry[], kind: CreditEntry['kind']): Map<Instant, CreditEntry[]> =>
  Map.groupBy(
    ledger.filter((entry) => entry.kind === kind),
    ({ at }) => at,
  );
