import { formatInstant } from '../../../../emails/format.ts';
import { ChoiceField, Flag, SelectField, TextField } from '../../parts/fields.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { currencyOf } from './currency.ts';
import type { Purchase } from '../purchase/read-purchase.ts';
import type { FieldsProps } from '../purchase/verb-forms.tsx';

type Payment = Purchase['payments'][number];

/** What is left of a payment to give back; a failed refund counts as never made. */
export const leftOf = ({ amountMinor, refundedMinor }: Payment): number => amountMinor - refundedMinor;

export const RefundFields = ({ purchase, site, form }: FieldsProps) => (
  <>
    <SelectField
      name="paymentId"
      label="Payment"
      form={form}
      options={purchase.payments.toReversed().map((payment) => ({
        value: payment.id,
        label: `${formatInstant(payment.paidAt, site)}: ${inFull(payment)}, ${leftInWords(payment)}`,
      }))}
    />
    <TextField
      name={`amountMinor@minor:${currencyOf(purchase) ?? 'usd'}?`}
      label="Amount"
      inputMode="decimal"
      help={`In ${(currencyOf(purchase) ?? '').toUpperCase()}, such as 10.00. Blank: all that is left of the payment.`}
      form={form}
    />
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

const inFull = ({ amountMinor, currency }: Payment): string => moneyInWords({ amountMinor, currency });

function leftInWords(payment: Payment): string {
  if (payment.disputedAt !== null) return 'disputed';
  const left = leftOf(payment);
  return left === 0 ? 'given back in full' : `${moneyInWords({ amountMinor: left, currency: payment.currency })} left`;
}

/** Only owners and operators may act outside the window, and say why [R10.6]. */
export function MoneyBackFields({ purchase: { refundWindow }, site, role, form }: FieldsProps) {
  if (refundWindow?.state !== 'closed') return null;
  const closed = `The refund window closed on ${formatInstant(refundWindow.closesAt, site)}.`;
  if (role !== 'owner' && role !== 'operator')
    return <p>{closed} Only an owner or an operator may give money back all the same.</p>;
  return (
    <Flag
      name="override@flag"
      label="Give money back although the window is closed"
      help={`${closed} This needs a reason.`}
      form={form}
    />
  );
}
