import type { Price } from '../../../../workflows/domain/price.ts';
import type { FormState } from '../../form.ts';
import { ChoiceField, SelectField, TextField } from '../../parts/fields.tsx';

const CURRENCY_NAMES = new Intl.DisplayNames('en', { type: 'currency' });
const FIRST = ['usd', 'eur', 'gbp', 'cad', 'aud', 'chf', 'jpy'];
const ALL = Intl.supportedValuesOf('currency').map((code) => code.toLowerCase());

export const CURRENCIES = [...FIRST, ...ALL.filter((code) => !FIRST.includes(code))].map((code) => ({
  value: code,
  label: `${code.toUpperCase()} – ${CURRENCY_NAMES.of(code.toUpperCase())}`,
}));

const INTERVALS = [
  { value: 'week', label: 'a week' },
  { value: 'month', label: 'a month' },
  { value: 'year', label: 'a year' },
];

/** What an offer costs, in the currency's major units; a free one has nothing more to say. */
export const PriceFields = ({ form }: { form: FormState }) => (
  <>
    <ChoiceField
      name="price.kind"
      label="Price"
      form={form}
      initial="subscription"
      options={[
        { value: 'subscription', label: 'Subscription' },
        { value: 'payment_plan', label: 'Payment plan' },
        { value: 'one_time', label: 'One payment' },
        { value: 'free', label: 'Free' },
      ]}
    />
    <AmountFields form={form} />
  </>
);

const AmountFields = ({ form }: { form: FormState }) => (
  <div className="paid">
    <div className="beside">
      <TextField name={AMOUNT} label="Amount" form={form} inputMode="decimal" help="For example 29 or 29.50." />
      <SelectField name="price.currency" label="Currency" form={form} initial="usd" options={CURRENCIES} />
    </div>
    <div className="beside in-instalments">
      <TextField
        name="price.instalments@int"
        label="Number of payments"
        form={form}
        inputMode="numeric"
        initial="6"
        help="From 2 to 12, one a month, the first with the purchase. The amount is one of them."
      />
    </div>
    <div className="beside recurring">
      <SelectField name="price.interval" label="Every" form={form} initial="month" options={INTERVALS} />
      <TextField
        name="price.trialDays@int"
        label="Trial days"
        form={form}
        inputMode="numeric"
        initial="0"
        help="0 means that the first payment is due at once."
      />
      <TextField
        name={FEE}
        label="Setup fee"
        form={form}
        inputMode="decimal"
        initial="0"
        help="Charged once, with the purchase. 0 means none."
      />
    </div>
  </div>
);

const AMOUNT = 'price.amountMinor@minor:price.currency';
const FEE = 'price.setupFeeMinor@minor:price.currency';

/** Which fields a kind of price keeps of what was typed. */
const KEPT: Record<Price['kind'], (typed: Record<string, unknown>) => unknown> = {
  free: () => ({ kind: 'free' }),
  one_time: ({ kind, amountMinor, currency }) => ({ kind, amountMinor, currency }),
  payment_plan: ({ kind, amountMinor, currency, instalments }) => ({ kind, amountMinor, currency, instalments }),
  subscription: ({ instalments: _instalments, ...typed }) => typed,
};

const isKind = (kind: unknown): kind is Price['kind'] => typeof kind === 'string' && Object.hasOwn(KEPT, kind);

/** Of what was typed about money, a kind of price keeps what it knows. */
export function priceOf({ price }: Record<string, unknown>): unknown {
  const typed = (price ?? {}) as Record<string, unknown>;
  return isKind(typed.kind) ? KEPT[typed.kind](typed) : price;
}
