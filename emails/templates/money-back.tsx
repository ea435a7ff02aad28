import type { MoneyBackProps } from '../catalogue.ts';
import { formatInstant, formatMoney } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_CUSTOMER, PREVIEW_PRICE } from '../preview.ts';

/** After money-back inside the refund window (R10.6); the only email that it sends (R13.3). */
export default function MoneyBack(props: MoneyBackProps) {
  const { site, offerName } = props;
  const total = formatMoney(props.totalRefunded, site);
  return (
    <Frame
      site={site}
      preview={`${total} is on its way back to you.`}
      heading="Your money back"
      contactName={props.contactName}
    >
      <Paragraph>
        We have refunded your payments. {offerName} has ended, and nothing more will be charged. Banks take 5 to 10 days
        to show a refund.
      </Paragraph>
      <Facts
        rows={[
          ['Offer', offerName],
          ['Refunded in total', total],
          ...props.refundedPayments.map(
            ({ amount, paidAt }) => [`Paid ${formatInstant(paidAt, site)}`, formatMoney(amount, site)] as const,
          ),
          ['Ended at', formatInstant(props.endedAt, site)],
        ]}
      />
    </Frame>
  );
}

MoneyBack.subject = ({ offerName }: MoneyBackProps) => `Your money back for ${offerName}`;

MoneyBack.PreviewProps = {
  ...PREVIEW_CUSTOMER,
  totalRefunded: { amountMinor: 6900, currency: 'usd' },
  refundedPayments: [
    { amount: { amountMinor: 2000, currency: 'usd' }, paidAt: '2026-01-31T17:00:00.000Z' },
    { amount: PREVIEW_PRICE, paidAt: '2026-02-28T17:00:00.000Z' },
  ],
  endedAt: '2026-03-01T20:15:00.000Z',
} satisfies MoneyBackProps as MoneyBackProps;
