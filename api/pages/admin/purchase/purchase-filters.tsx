import type { z } from 'zod';
import type { offerSchema } from '../../../catalog/offer-schema.ts';
import { SelectField, TextField, type Option } from '../../parts/fields.tsx';
import { Filters, filterState } from '../../parts/filters.tsx';
import { addressWith } from '../../parts/list.tsx';
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
  { label: 'Billing without access', flags: { billingWithoutAccess: 'true' } },
  { label: 'Pending cancellation', flags: { pendingCancellation: 'true' } },
  { label: 'Waits for Stripe', flags: { waitsForStripe: 'true' } },
  { label: 'Refund pending', flags: { refunds: 'pending' } },
  { label: 'Refund failed', flags: { refunds: 'failed' } },
];

const NO_FLAGS = Object.fromEntries(FLAGS.map((flag) => [flag, undefined]));

export const PurchaseViews = ({ path, chosen }: { path: string; chosen: Chosen }) => (
  <nav className="tabs" aria-label="Views">
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

const optionsOf = (words: Record<string, { label: string }>): Option[] =>
  Object.entries(words).map(([value, { label }]) => ({ value, label }));

const ANY = (label: string): Option => ({ value: '', label });
const SORTS = [
  { value: '', label: 'Newest first' },
  { value: 'nextDue', label: 'What is due next' },
  { value: 'nextCharge', label: 'Next charge' },
];

type Shown = { path: string; chosen: Chosen; offers: readonly Offer[] };

export function PurchaseFilters({ path, chosen, offers }: Shown) {
  const form = filterState(chosen);
  const named = offers.map(({ id, name, archivedAt }) => ({
    value: id,
    label: archivedAt ? `${name} (archived)` : name,
  }));
  // An account may have more offers than are listed here; what the address says stays chosen.
  const isUnlisted = chosen.offerId !== undefined && offers.every(({ id }) => id !== chosen.offerId);
  if (isUnlisted) named.push({ value: chosen.offerId ?? '', label: 'Custom' });
  return (
    <Filters path={path} chosen={chosen} kept={FLAGS}>
      <TextField name="q" label="Name or email" type="search" form={form} />
      <SelectField
        name="billingStatus"
        label="Billing"
        options={[ANY('Any'), ...optionsOf(BILLING_WORDS)]}
        form={form}
      />
      <SelectField name="accessStatus" label="Access" options={[ANY('Any'), ...optionsOf(ACCESS_WORDS)]} form={form} />
      <SelectField name="offerId" label="Offer" options={[ANY('Any'), ...named]} form={form} />
      <SelectField name="sort" label="Sort by" options={SORTS} form={form} />
    </Filters>
  );
}
