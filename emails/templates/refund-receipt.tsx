import type { RefundReceiptProps } from '../catalogue.ts';
import { formatInstant, formatMoney } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_CUSTOMER, PREVIEW_PRICE } from '../preview.ts';

/** After a refund; it says nothing of access or billing, which a refund alone leaves as they are (R10.2). */
export default function RefundReceipt(props: RefundReceiptProps) {
  const { site, offerName, payment } = props;
  const amount = formatMoney(props.amount, site);
  return (
    <Frame
      site={site}
      preview={`${amount} is on its way back to you.`}
      heading="Your refund"
      contactName={props.contactName}
    >
      <Paragraph>
        {props.status === 'pending'
          ? 'Your refund is under way. Your bank has yet to confirm it.'
          : 'We have refunded you. Banks take 5 to 10 days to show it.'}
      </Paragraph>
      <Facts
        rows={[
          ['Offer', offerName],
          ['Refunded', amount],
          ['Refunded at', formatInstant(props.refundedAt, site)],
          [
            'Of your payment',
            payment && `${formatMoney(payment.amount, site)}, ${formatInstant(payment.paidAt, site)}`,
          ],
        ]}
      />
    </Frame>
  );
}

RefundReceipt.subject = ({ offerName }: RefundReceiptProps) => `Refund for ${offerName}`;

RefundReceipt.PreviewProps = {
  ...PREVIEW_CUSTOMER,
  amount: { amountMinor: 1250, currency: 'usd' },
  refundedAt: '2026-03-05T18:30:00.000Z',
  status: 'succeeded',
  payment: { amount: PREVIEW_PRICE, paidAt: '2026-02-28T17:00:00.000Z' },
} satisfies RefundReceiptProps as RefundReceiptProps;
