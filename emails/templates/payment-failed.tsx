import type { PaymentFailedProps } from '../catalogue.ts';
import { formatInstant, formatMoney } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Action, cardName, Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_CUSTOMER, PREVIEW_PRICE } from '../preview.ts';

/** After each failed try that is not the last, with the link to update the card (R11.1). */
export default function PaymentFailed(props: PaymentFailedProps) {
  const { site, offerName, nextTryAt } = props;
  const amount = formatMoney(props.amount, site);
  return (
    <Frame
      site={site}
      preview={`We could not charge ${amount} for ${offerName}.`}
      heading="Your payment did not go through"
      contactName={props.contactName}
    >
      <Paragraph>Please check your card, or use another one:</Paragraph>
      <Action href={props.updateCardUrl}>Update your card</Action>
      <Facts
        rows={[
          ['Offer', offerName],
          ['Due', amount],
          ['Tried at', formatInstant(props.failedAt, site)],
          ['Card', cardName(props.card)],
          ['Why', props.declineMessage],
          ['Try', props.attempt ? `${props.attempt}` : null],
          ['Next try', nextTryAt ? formatInstant(nextTryAt, site) : 'none, this was the last one'],
        ]}
      />
    </Frame>
  );
}

PaymentFailed.subject = ({ offerName }: PaymentFailedProps) => `Payment failed for ${offerName}: update your card`;

PaymentFailed.PreviewProps = {
  ...PREVIEW_CUSTOMER,
  amount: PREVIEW_PRICE,
  failedAt: '2026-03-31T16:00:00.000Z',
  updateCardUrl: 'https://willow-and-wheel.example/cards/update?token=preview-token',
  card: { brand: 'mastercard', last4: '0341' },
  declineMessage: 'There was not enough money on the card.',
  attempt: 1,
  nextTryAt: '2026-04-03T16:00:00.000Z',
} satisfies PaymentFailedProps as PaymentFailedProps;
