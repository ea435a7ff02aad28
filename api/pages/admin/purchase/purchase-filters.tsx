import type { z } from 'zod';
import type { offerSchema } from '../../../catalog/offer-schema.ts';
import type { Option } from '../../parts/fields.tsx';
import { Chip, Filters, SearchField, SortChip } from '../../parts/filters.tsx';
import { addressWith, type Sort } from '../../parts/list.tsx';
import { ACCESS_WORDS } from '../../words/access.ts';
import { BILLING_WORDS } from '../../words/billing.ts';

type Chosen = Record<string, string>;
type Offer = z.output<typeof offerSchema>;

const FLAGS = ['needsAttention', 'billingWithoutAccess', 'pendingCancellation', 'waitsForStripe', 'refunds'] as const;
const FIELDS = ['q', 'billingStatus', 'accessStatus', 'offerId', 'sort'] as const;

/** What an address may say of the list of purchases. */
export const PURCHASE_FILTERS = [...FLAGS, ...FIELDS] as const;

/** What people look for most; each is one click, and the other filters stay. */
const VIEWS: readonly { label: string; flags: Partial<Record<(typeof FLAGS)[number], string>> }[] = [
  { label: 'All', flags: {} },
  { label: 'Needs attention', flags: { needsAttention: 'true' } },
  { label: 'Billed without access', flags: { billingWithoutAccess: 'true' } },
  { label: 'Ending', flags: { pendingCancellation: 'true' } },
  { label: 'Waits for Stripe', flags: { waitsForStripe: 'true' } },
  { label: 'Refund pending', flags: { refunds: 'pending' } },
  { label: 'Refund failed', flags: { refunds: 'failed' } },
];

const NO_FLAGS = Object.fromEntries(FLAGS.map((flag) => [flag, undefined]));

export const PurchaseViews = ({ path, chosen }: { path: string; chosen: Chosen }) => (
  <nav className="views" aria-label="Views">
    {VIEWS.map(({ label, flags }) => (
      <a
        key={label}
        href={addressWith(path, chosen, { ...NO_FLAGS, ...flags })}
        aria-current={FLAGS.every((flag) => chosen[flag] === flags[flag]) ? 'true' : undefined}
      >
        {label}
      </a>
    ))}
  </nav>
);

/** The first is the list without any. */
export const PURCHASE_SORTS = [
  { value: 'newest', label: 'Newest first', direction: 'descending' },
  { value: 'nextDue', label: 'What is due first', direction: 'ascending' },
  { value: 'nextCharge', label: 'Next charge first', direction: 'ascending' },
] as const satisfies readonly Sort[];

const optionsOf = (words: Record<string, { label: string }>): Option[] =>
  Object.entries(words).map(([value, { label }]) => ({ value, label }));

type Shown = { path: string; chosen: Chosen; offers: readonly Offer[]; count: string };

export function PurchaseFilters({ path, chosen, offers, count }: Shown) {
  const named = offers.map(({ id, name, archivedAt }) => ({
    value: id,
    label: archivedAt ? `${name} (archived)` : name,
  }));
  // An account may have more offers than are listed here; what the address says stays chosen.
  const isUnlisted = chosen.offerId !== undefined && offers.every(({ id }) => id !== chosen.offerId);
  if (isUnlisted) named.push({ value: chosen.offerId ?? '', label: 'Custom' });
  return (
    <Filters path={path} chosen={chosen} kept={FLAGS} count={count}>
      <SearchField label="Name or email" chosen={chosen} />
      <Chip name="billingStatus" label="Billing" options={optionsOf(BILLING_WORDS)} chosen={chosen} />
      <Chip name="accessStatus" label="Access" options={optionsOf(ACCESS_WORDS)} chosen={chosen} />
      <Chip name="offerId" label="Offer" options={named} chosen={chosen} />
      <SortChip sorts={PURCHASE_SORTS} chosen={chosen} />
    </Filters>
  );
}
