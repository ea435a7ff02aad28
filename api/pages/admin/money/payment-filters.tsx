import type { z } from 'zod';
import { currencyOf } from '../../../../workflows/domain/price.ts';
import type { offerSchema } from '../../../catalog/offer-schema.ts';
import type { PaymentState } from '../../../../db/entities/payment.ts';
import type { paymentCounts } from '../../../money/payment-schema.ts';
import type { AsTyped } from '../../form.ts';
import { countNamed } from '../../parts/counts.ts';
import { readAmount } from './read-amount.ts';
import { SelectField, TextField, type Option } from '../../parts/fields.tsx';
import { chosenOf, DatesChip, FieldsChip, filterState, Tabs } from '../../parts/filters.tsx';
import type { Here } from '../../words/instant.ts';
import { PAYMENT_WORDS } from '../../words/payment.ts';

type Offer = z.output<typeof offerSchema>;
type Query = Record<string, string>;

export const PAYMENT_FILTERS = [
  'state',
  'inDispute',
  'contactId',
  'purchaseId',
  'from',
  'to',
  'currency',
  'amount',
] as const;

/** What the address says: as it was typed, and as the API is asked; or what its amount lacks. */
export type PaymentFilter = { chosen: AsTyped<string>; asked: AsTyped<string>; error: string | null };

/** In the address an amount is as people write it; the currency says how much that is [R1.4]. */
export function readFilter(query: Query, currencies: readonly string[]): PaymentFilter {
  const chosen = chosenOf(query, PAYMENT_FILTERS);
  const { amount, ...asked } = chosen;
  if (amount === undefined) return { chosen, asked, error: null };
  const read = readAmount(amount, chosen.currency, currencies);
  if (read.error !== null) return { chosen, asked, error: read.error };
  const { currency, from, to } = read;
  const bounds = { amountMinorFrom: from?.toString() ?? '', amountMinorTo: to?.toString() ?? '' };
  return { chosen, asked: { ...asked, currency, ...bounds }, error: null };
}

/** The currencies that offers are sold in. */
export const currenciesOf = (offers: readonly Offer[]): string[] =>
  [...new Set(offers.flatMap(({ price }) => currencyOf(price) ?? []))].toSorted();

type Counts = z.output<typeof paymentCounts>;

export const STATES = Object.keys(PAYMENT_WORDS) as PaymentState[];

export function PaymentViews({ path, chosen, counts }: { path: string; chosen: Query; counts: Counts | null }) {
  const tabs = STATES.map((state) => ({
    label: PAYMENT_WORDS[state].label,
    value: state,
    count: counts ? countNamed(counts, state) : undefined,
  }));
  const all = { label: 'All', value: undefined, count: counts ? countNamed(counts, 'all') : undefined };
  return <Tabs label="By state" name="state" path={path} chosen={chosen} tabs={[all, ...tabs]} />;
}

type FieldsProps = { filter: PaymentFilter; currencies: readonly string[]; here: Here };

export function PaymentFields({ filter: { chosen, error }, currencies, here }: FieldsProps) {
  const errors = error === null ? [] : [{ field: 'amount', message: error }];
  const form = { ...filterState(chosen), errors };
  return (
    <>
      <DatesChip label="Date" from="from" to="to" chosen={chosen} here={here} />
      <FieldsChip label="Amount" value={sumOf(chosen)} isOpen={error !== null}>
        <TextField name="amount" label="Amount" help="29.00, 20 to 50, from 20, up to 50" form={form} />
        <SelectField name="currency" label="Currency" options={optionsOf(currencies, chosen.currency)} form={form} />
      </FieldsChip>
    </>
  );
}

const sumOf = ({ amount, currency }: Query): string | undefined =>
  amount === undefined && currency === undefined ? undefined : [amount, currency?.toUpperCase()].join(' ').trim();

/** What the address says stays chosen, whatever is sold by now. */
function optionsOf(currencies: readonly string[], chosen: string | undefined): Option[] {
  const all = chosen === undefined || currencies.includes(chosen) ? currencies : [...currencies, chosen];
  return [{ value: '', label: 'Any' }, ...all.map((value) => ({ value, label: value.toUpperCase() }))];
}
