import type { PaymentActionRequiredProps } from '../catalogue.ts';
import { formatMoney } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Action, Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_CUSTOMER, PREVIEW_PRICE } from '../preview.ts';

/** The bank asks for authentication (3-D Secure); not a failure (R11.4). */
export default function PaymentActionRequired(props: PaymentActionRequiredProps) {
  const { site, offerName } = props;
  return (
    <Frame
      site={site}
      preview={`Your bank asks you to confirm a payment for ${offerName}.`}
      heading="Confirm your payment"
      contactName={props.contactName}
    >
      <Paragraph>Your bank wants to be sure that it is you. The payment goes through once you confirm it:</Paragraph>
      <Action href={props.actionUrl}>Confirm the payment</Action>
      <Facts
        rows={[
          ['Offer', offerName],
          ['Amount', formatMoney(props.amount, site)],
        ]}
      />
    </Frame>
  );
}

PaymentActionRequired.subject = ({ offerName }: PaymentActionRequiredProps) => `Confirm your payment for ${offerName}`;

PaymentActionRequired.PreviewProps = {
  ...PREVIEW_CUSTOMER,
  amount: PREVIEW_PRICE,
  actionUrl: 'https://willow-and-wheel.example/payments/confirm?token=preview-token',
} satisfies PaymentActionRequiredProps as PaymentActionRequiredProps;
