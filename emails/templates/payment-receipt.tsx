import type { PaymentReceiptProps } from '../catalogue.ts';
import { formatCharge, formatInstant, formatMoney } from '../format.ts';
import { Frame } from '../frame.tsx';
import { cardName, Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_CUSTOMER, PREVIEW_PRICE } from '../preview.ts';

/** After a payment; the first one's receipt is part of the purchase confirmation (R13.3). */
export default function PaymentReceipt(props: PaymentReceiptProps) {
  const { site, offerName, nextCharge } = props;
  const amount = formatMoney(props.amount, site);
  return (
    <Frame
      site={site}
      preview={`We received ${amount} for ${offerName}.`}
      heading="Your receipt"
      contactName={props.contactName}
    >
      <Paragraph>Thank you. Your payment went through.</Paragraph>
      <Facts
        rows={[
          ['Offer', offerName],
          ['Paid', amount],
          ['Paid at', formatInstant(props.paidAt, site)],
          ['Card', cardName(props.card)],
          ['Receipt', props.receiptNumber],
          ['Next payment', nextCharge && formatCharge(nextCharge, site)],
        ]}
      />
      {nextCharge ? null : <Paragraph>No further payment is due.</Paragraph>}
    </Frame>
  );
}

PaymentReceipt.subject = ({ offerName }: PaymentReceiptProps) => `Receipt for ${offerName}`;

PaymentReceipt.PreviewProps = {
  ...PREVIEW_CUSTOMER,
  amount: PREVIEW_PRICE,
  paidAt: '2026-02-28T17:00:00.000Z',
  receiptNumber: '2026-0228',
  card: { brand: 'visa', last4: '4242' },
  nextCharge: { amount: PREVIEW_PRICE, at: '2026-03-31T16:00:00.000Z' },
} satisfies PaymentReceiptProps as PaymentReceiptProps;
