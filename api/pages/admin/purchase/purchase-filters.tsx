import type { z } from 'zod';
import { PURCHASE_VIEWS, type PurchaseView } from '../../../../db/purchase/purchases.ts';
import type { offerSchema } from '../../../catalog/offer-schema.ts';
import type { purchaseCounts } from '../../../purchase/purchase-filter.ts';
import type { AsTyped } from '../../form.ts';
import type { Option } from '../../parts/fields.tsx';
import { countNamed } from '../../parts/counts.ts';
import { Chip, chosenOf, DatesChip, SearchField, Views } from '../../parts/filters.tsx';
import { addressWith, type Sort } from '../../parts/list.tsx';
import { ACCESS_WORDS } from '../../words/access.ts';
import { BILLING_WORDS } from '../../words/billing.ts';
import type { Here } from '../../words/instant.ts';

type Chosen = Record<string, string>;
type Offer = z.output<typeof offerSchema>;
type Counts = z.output<typeof purchaseCounts>;

export const FLAGS = [
  'needsAttention',
  'billingWithoutAccess',
  'pendingCancellation',
  'waitsForStripe',
  'refunds',
] as const;
/** What a view sets; every other filter stays. */
const OF_VIEWS = [...FLAGS, 'billingStatus'] as const;
const DATES = {
  Bought: ['startedAtFrom', 'startedAtTo'],
  'Next charge': ['nextChargeAtFrom', 'nextChargeAtTo'],
  Ends: ['cancelAtFrom', 'cancelAtTo'],
} as const;

const FIELDS = ['q', 'accessStatus', 'offerId'] as const;
const OTHERS = [...Object.values(DATES).flat(), ...FIELDS];

/** What an address may say of the list of purchases. */
export const PURCHASE_FILTERS = [...OF_VIEWS, ...OTHERS];

/** What is seldom there is shown only when it is. */
const VIEWS: readonly { label: string; view: PurchaseView; isRare?: boolean }[] = [
  { label: 'All', view: 'all' },
  { label: 'Needs attention', view: 'needsAttention' },
  { label: 'Past due', view: 'pastDue' },
  { label: 'Ending', view: 'canceling' },
  { label: 'Trials', view: 'trialing' },
  { label: 'Paused', view: 'paused' },
  { label: 'Billed without access', view: 'billingWithoutAccess' },
  { label: 'Waits for Stripe', view: 'waitsForStripe', isRare: true },
  { label: 'Refund pending', view: 'refundsPending', isRare: true },
  { label: 'Refund failed', view: 'refundsFailed', isRare: true },
];

const NO_VIEW = Object.fromEntries(OF_VIEWS.map((name) => [name, undefined]));

/** What is filtered by besides a view. */
export const withoutView = (chosen: AsTyped<string>): AsTyped<string> => chosenOf(chosen, OTHERS);

/** A view as an address says it. */
const textsOf = (view: PurchaseView): Chosen =>
  Object.fromEntries(Object.entries(PURCHASE_VIEWS[view]).map(([name, value]) => [name, String(value)]));

export function PurchaseViews({ path, chosen, counts }: { path: string; chosen: Chosen; counts: Counts }) {
  const views = VIEWS.map(({ label, view, isRare = false }) => {
    const texts = textsOf(view);
    return {
      label,
      href: addressWith(path, chosen, { ...NO_VIEW, ...texts }),
      isCurrent: OF_VIEWS.every((name) => chosen[name] === texts[name]),
      count: countNamed(counts, view),
      isRare,
    };
  });
  return (
    <Views
      label="Views"
      views={views.filter(({ isRare, isCurrent, count }) => !isRare || isCurrent || count.count > 0)}
    />
  );
}

/** The first is the list without any. */
export const PURCHASE_SORTS = [
  { value: 'newest', label: 'Newest first', direction: 'descending' },
  { value: 'nextDue', label: 'What is due first', direction: 'ascending' },
  { value: 'nextCharge', label: 'Next charge first', direction: 'ascending' },
] as const satisfies readonly Sort[];

const optionsOf = (words: Record<string, { label: string }>): Option[] =>
  Object.entries(words).map(([value, { label }]) => ({ value, label }));

type FieldsProps = { chosen: Chosen; offers: readonly Offer[]; here: Here };

export function PurchaseFields({ chosen, offers, here }: FieldsProps) {
  const named = offers.map(({ id, name, archivedAt }) => ({
    value: id,
    label: archivedAt ? `${name} (archived)` : name,
  }));
  // An account may have more offers than are listed here; what the address says stays chosen.
  const isUnlisted = chosen.offerId !== undefined && offers.every(({ id }) => id !== chosen.offerId);
  if (isUnlisted) named.push({ value: chosen.offerId ?? '', label: 'Custom' });
  return (
    <>
      <SearchField label="Name or email" chosen={chosen} />
      <Chip name="billingStatus" label="Billing" options={optionsOf(BILLING_WORDS)} chosen={chosen} />
      <Chip name="accessStatus" label="Access" options={optionsOf(ACCESS_WORDS)} chosen={chosen} />
      <Chip name="offerId" label="Offer" options={named} chosen={chosen} />
      {Object.entries(DATES).map(([label, [from, to]]) => (
        <DatesChip key={label} label={label} from={from} to={to} chosen={chosen} here={here} />
      ))}
    </>
  );
}
