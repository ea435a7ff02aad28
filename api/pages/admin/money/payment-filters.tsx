import type { z } from 'zod';
import { currencyOf } from '../../../../workflows/domain/price.ts';
import type { offerSchema } from '../../../catalog/offer-schema.ts';
import { readForm, type AsTyped } from '../../form.ts';
import { SelectField, TextField, type Option } from '../../parts/fields.tsx';
import { chosenOf, FieldsChip, Filters, filterState, Tabs, type Tab } from '../../parts/filters.tsx';
import { PAYMENT_WORDS } from '../../words/payment.ts';

type Offer = z.output<typeof offerSchema>;
type Query = Record<string, string>;

const NAMES = ['state', 'contactId', 'purchaseId', 'from', 'to', 'currency', 'amount'] as const;

/** What the address says: as it was typed, and as the API is asked; or what its amount lacks. */
export type PaymentFilter = { chosen: AsTyped<string>; asked: AsTyped<string>; error: string | null };

/** In the address an amount is as people write it; the currency says how much that is [R1.4]. */
export function readFilter(query: Query, currencies: readonly string[]): PaymentFilter {
  const chosen = chosenOf(query, NAMES);
  const { amount, ...asked } = chosen;
  if (amount === undefined) return { chosen, asked, error: null };
  const currency = chosen.currency ?? (currencies.length === 1 ? currencies[0] : undefined);
  if (currency === undefined) return { chosen, asked, error: 'needs a currency beside it' };
  const { body } = readForm({ 'amountMinor@minor:currency': [amount], currency: [currency] }, 'UTC');
  if (typeof body.amountMinor !== 'number') return { chosen, asked, error: 'must be a number, such as 29.00' };
  return { chosen, asked: { ...asked, currency, amountMinor: String(body.amountMinor) }, error: null };
}

/** The currencies that offers are sold in. */
export const currenciesOf = (offers: readonly Offer[]): string[] =>
  [...new Set(offers.flatMap(({ price }) => currencyOf(price) ?? []))].toSorted();

const TABS: readonly Tab[] = [
  { label: 'All', value: undefined },
  ...Object.entries(PAYMENT_WORDS).map(([value, { label }]) => ({ label, value })),
];

export const PaymentViews = ({ path, chosen }: { path: string; chosen: Query }) => (
  <Tabs label="By state" name="state" path={path} chosen={chosen} tabs={TABS} />
);

type FiltersProps = { path: string; filter: PaymentFilter; currencies: readonly string[]; count: string };

export function PaymentFilters({ path, filter: { chosen, error }, currencies, count }: FiltersProps) {
  const errors = error === null ? [] : [{ field: 'amount', message: error }];
  const form = { ...filterState(chosen), errors };
  return (
    <Filters path={path} chosen={chosen} kept={['state', 'contactId', 'purchaseId']} count={count}>
      <FieldsChip label="Date" value={rangeOf(chosen)}>
        <TextField name="from" label="From" type="date" form={form} />
        <TextField name="to" label="Before" type="date" form={form} />
      </FieldsChip>
      <FieldsChip label="Amount" value={sumOf(chosen)} isOpen={error !== null}>
        <TextField name="amount" label="Exactly" inputMode="decimal" form={form} />
        <SelectField name="currency" label="Currency" options={optionsOf(currencies, chosen.currency)} form={form} />
      </FieldsChip>
    </Filters>
  );
}

/** `2027-02-01 to 2027-03-01`, as it was typed. */
function rangeOf({ from, to }: Query): string | undefined {
  if (from === undefined) return to === undefined ? undefined : `before ${to}`;
  return to === undefined ? `from ${from}` : `${from} to ${to}`;
}

const sumOf = ({ amount, currency }: Query): string | undefined =>
  amount === undefined && currency === undefined ? undefined : [amount, currency?.toUpperCase()].join(' ').trim();

/** What the address says stays chosen, whatever is sold by now. */
function optionsOf(currencies: readonly string[], chosen: string | undefined): Option[] {
  const all = chosen === undefined || currencies.includes(chosen) ? currencies : [...currencies, chosen];
  return [{ value: '', label: 'Any' }, ...all.map((value) => ({ value, label: value.toUpperCase() }))];
}
