import type { DuplicatePurchaseRefundedProps } from '../catalogue.ts';
import { formatInstant, formatMoney } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Action, Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_CUSTOMER, PREVIEW_PRICE } from '../preview.ts';

/** After a second purchase of the same live offer was canceled and refunded in full (R5.7). */
export default function DuplicatePurchaseRefunded(props: DuplicatePurchaseRefundedProps) {
  const { site, offerName } = props;
  const amount = formatMoney(props.amountRefunded, site);
  return (
    <Frame
      site={site}
      preview={`You already have ${offerName}: ${amount} is on its way back to you.`}
      heading={`You already have ${offerName}`}
      contactName={props.contactName}
    >
      <Paragraph>
        You paid for it a second time. We have canceled the second purchase and refunded it in full. Your first one goes
        on as before.
      </Paragraph>
      <Facts
        rows={[
          ['Offer', offerName],
          ['Refunded', amount],
          ['Refunded at', formatInstant(props.refundedAt, site)],
        ]}
      />
      <Action href={props.loginUrl}>Log in</Action>
    </Frame>
  );
}

DuplicatePurchaseRefunded.subject = ({ offerName }: DuplicatePurchaseRefundedProps) =>
  `Your second purchase of ${offerName} was refunded`;

DuplicatePurchaseRefunded.PreviewProps = {
  ...PREVIEW_CUSTOMER,
  amountRefunded: PREVIEW_PRICE,
  refundedAt: '2026-02-01T09:00:00.000Z',
  loginUrl: 'https://willow-and-wheel.example/login',
} satisfies DuplicatePurchaseRefundedProps as DuplicatePurchaseRefundedProps;
