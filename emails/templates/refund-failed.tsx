import type { RefundFailedProps } from '../catalogue.ts';
import { formatInstant, formatMoney } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_CUSTOMER, PREVIEW_PRICE } from '../preview.ts';

/** After a refund of which a receipt was sent, and that the bank sent back (R10.3). */
export default function RefundFailed(props: RefundFailedProps) {
  const { site, offerName, payment } = props;
  const amount = formatMoney(props.amount, site);
  return (
    <Frame
      site={site}
      preview={`${amount} could not be paid back to you.`}
      heading="Your refund did not arrive"
      contactName={props.contactName}
    >
      <Paragraph>
        Your bank did not accept the refund that we told you of, for example because the card has been closed. We know
        of it, and will get in touch or try again. You need not do anything.
      </Paragraph>
      <Facts
        rows={[
          ['Offer', offerName],
          ['Not refunded', amount],
          ['Failed at', formatInstant(props.failedAt, site)],
          [
            'Of your payment',
            payment && `${formatMoney(payment.amount, site)}, ${formatInstant(payment.paidAt, site)}`,
          ],
        ]}
      />
    </Frame>
  );
}

RefundFailed.subject = ({ offerName }: RefundFailedProps) => `Your refund for ${offerName} did not arrive`;

RefundFailed.PreviewProps = {
  ...PREVIEW_CUSTOMER,
  amount: { amountMinor: 1250, currency: 'usd' },
  failedAt: '2026-03-09T18:30:00.000Z',
  payment: { amount: PREVIEW_PRICE, paidAt: '2026-02-28T17:00:00.000Z' },
} satisfies RefundFailedProps as RefundFailedProps;
