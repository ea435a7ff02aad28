import { currencyOf } from '../../../workflows/domain/price.ts';
import type { Purchase } from '../admin/purchase/read-purchase.ts';
import type { FormState } from '../form.ts';
import type { Site } from '../page.ts';
import { ChoiceField, SelectField, TextField, type Option } from '../parts/fields.tsx';
import { moneyInWords } from '../parts/money.tsx';
import { withSum, type FieldsProps, type ShownVerb } from './shown-verb.ts';
import { instantInWords } from '../words/instant.ts';

type Payment = Purchase['payments'][number];

export const refund: ShownVerb = {
  word: 'Refund',
  intro: 'Refunds a payment. It neither cancels nor closes anything unless you say so.',
  fields: RefundFields,
  initial: ({ payments }, _site, { paymentId }) => {
    const first = payments.filter((payment) => leftOf(payment) > 0 && payment.disputedAt === null).at(-1);
    return { paymentId: [paymentId ?? first?.id ?? ''], billing: ['keep'], access: ['keep'] };
  },
  button: (_body, { preview }) => withSum('Refund', 'refund', preview, 'Refund now'),
  isDangerous: () => true,
  done: 'The refund has been made.',
};

/** Where the purchase has no currency there is no amount to name. */
const AmountField = ({ currency, form }: { currency: string | null; form: FormState }) =>
  currency === null ? null : (
    <TextField
      name={`amountMinor@minor:${currency}?`}
      label="Amount"
      inputMode="decimal"
      help={`In ${currency.toUpperCase()}, for example 10.00. Leave blank for the rest of the payment.`}
      form={form}
    />
  );

function RefundFields({ purchase, site, form }: FieldsProps) {
  return (
    <>
      <SelectField
        name="paymentId"
        label="Payment"
        form={form}
        options={purchase.payments.toReversed().map((payment) => optionOf(payment, site))}
      />
      <AmountField currency={currencyOf(purchase.price)} form={form} />
      <ChoiceField
        name="billing"
        label="Billing"
        form={form}
        options={[
          { value: 'keep', label: 'goes on as it is' },
          { value: 'cancel_period_end', label: 'is canceled at the end of the period' },
          { value: 'cancel_now', label: 'is canceled now' },
        ]}
      />
      <ChoiceField
        name="access"
        label="Access"
        form={form}
        options={[
          { value: 'keep', label: 'stays as it is' },
          { value: 'revoke', label: 'is revoked now' },
        ]}
      />
    </>
  );
}

const optionOf = (payment: Payment, site: Site): Option => ({
  value: payment.id,
  label: `${instantInWords(payment.paidAt, site, 'hour')}: ${inFull(payment)}, ${leftInWords(payment)}`,
});

const inFull = ({ amountMinor, currency }: Payment): string => moneyInWords({ amountMinor, currency });

function leftInWords(payment: Payment): string {
  if (payment.disputedAt !== null) return 'disputed';
  const left = leftOf(payment);
  return left === 0 ? 'refunded in full' : `${moneyInWords({ amountMinor: left, currency: payment.currency })} left`;
}

/** What is left of a payment to give back; a failed refund counts as never made. */
function leftOf({ amountMinor, refundedMinor }: Payment): number {
  return amountMinor - refundedMinor;
}
