import { AUTO_REVOKES, ON_DISPUTE } from '../../../../workflows/domain/settings.ts';
import { ChoiceField, TextField } from '../../parts/fields.tsx';
import type { FieldsProps, Settings } from './settings-shown.ts';

const AUTO_REVOKE_WORDS: Record<Settings['autoRevoke'], string> = {
  off: 'stays, also when the purchase is canceled for it',
  on_first_failure: 'closes at once, until it is paid',
  after_days: 'closes after some days, until it is paid',
  on_exhausted: 'stays, and ends when no attempt is left',
};

/** What customers are told of payments, and what failed ones, disputes and refunds do to access. */
export const MoneySettings = (props: FieldsProps) => (
  <>
    <FailedPayments {...props} />
    <GivenBack {...props} />
    <Ahead {...props} />
  </>
);

const FailedPayments = ({ form, settings }: FieldsProps) => (
  <>
    <ChoiceField
      name="autoRevoke"
      label="When a payment fails, access"
      form={form}
      initial={settings.autoRevoke}
      options={AUTO_REVOKES.map((value) => ({ value, label: AUTO_REVOKE_WORDS[value] }))}
    />
    <TextField
      name="autoRevokeDays@int"
      label="Days until it closes"
      type="number"
      form={form}
      initial={String(settings.autoRevokeDays)}
      help="Where it closes after some days; they count from the first failure."
    />
    <TextField
      name="paymentTries@int"
      label="Tries of a payment at Stripe"
      type="number"
      form={form}
      initial={String(settings.paymentTries)}
      help="The first one included, as your settings at Stripe say. Before the last one, customers are warned that their access ends."
    />
  </>
);

const ON_DISPUTE_WORDS: Record<Settings['onDispute'], string> = {
  keep: 'everything goes on',
  revoke: 'access closes, until the dispute is won',
  cancel: 'the purchase is canceled at once, for good',
};

const GivenBack = ({ form, settings }: FieldsProps) => (
  <>
    <ChoiceField
      name="onDispute"
      label="When a payment is disputed"
      form={form}
      initial={settings.onDispute}
      options={ON_DISPUTE.map((value) => ({ value, label: ON_DISPUTE_WORDS[value] }))}
    />
    <ChoiceField
      name="onExternalRefund"
      label="When a payment is refunded at Stripe, access"
      form={form}
      initial={settings.onExternalRefund}
      options={[
        { value: 'keep', label: 'stays' },
        { value: 'revoke', label: 'is revoked' },
      ]}
    />
  </>
);

const Ahead = ({ form, settings }: FieldsProps) => (
  <TextField
    name="upcomingPaymentDays@int"
    label="Days before a payment to tell customers"
    type="number"
    form={form}
    initial={String(settings.upcomingPaymentDays)}
    help="Where the email Upcoming payment is on, which it is not at first. It holds for a purchase from what next happens to it."
  />
);
