import type { PurchaseConfirmationProps } from '../catalogue.ts';
import { formatCharge, formatInstant, formatMoney } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Action, cardName, Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_CUSTOMER, PREVIEW_PRICE } from '../preview.ts';

/** After buying: congratulation, login link, and the first payment's receipt (R13.1, R13.3). Never credentials. */
export default function PurchaseConfirmation(props: PurchaseConfirmationProps) {
  const { site, offerName, products, firstPayment, trialEndsAt, nextCharge } = props;
  return (
    <Frame
      site={site}
      preview={`${offerName} is yours. Here is how to get in.`}
      heading={`Congratulations, ${offerName} is yours`}
      contactName={props.contactName}
    >
      <Paragraph>Thank you for your purchase. Log in to begin:</Paragraph>
      <Action href={props.loginUrl}>Log in</Action>
      <Facts
        rows={[
          ['Offer', offerName],
          ['Included', products.join(', ')],
          ['Paid', firstPayment && formatMoney(firstPayment.amount, site)],
          ['Paid at', firstPayment && formatInstant(firstPayment.at, site)],
          ['Card', cardName(firstPayment?.card)],
          ['Receipt', firstPayment?.receiptNumber],
          ['Trial ends', trialEndsAt && formatInstant(trialEndsAt, site)],
          ['Next payment', nextCharge && formatCharge(nextCharge, site)],
        ]}
      />
      {firstPayment ? null : <Paragraph>Nothing was charged today.</Paragraph>}
    </Frame>
  );
}

PurchaseConfirmation.subject = ({ offerName }: PurchaseConfirmationProps) => `Your purchase of ${offerName}`;

PurchaseConfirmation.PreviewProps = {
  ...PREVIEW_CUSTOMER,
  products: ['Throwing for Beginners', 'Glaze Library'],
  loginUrl: 'https://willow-and-wheel.example/login',
  firstPayment: {
    amount: PREVIEW_PRICE,
    at: '2026-01-31T17:00:00.000Z',
    receiptNumber: '2026-0131',
    card: { brand: 'visa', last4: '4242' },
  },
  nextCharge: { amount: PREVIEW_PRICE, at: '2026-02-28T17:00:00.000Z' },
} satisfies PurchaseConfirmationProps as PurchaseConfirmationProps;
