import type { PurchaseCanceledProps } from '../catalogue.ts';
import { formatInstant } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_CUSTOMER } from '../preview.ts';

/** When a purchase has ended, at once or on its date (R8). */
export default function PurchaseCanceled(props: PurchaseCanceledProps) {
  const { site, offerName } = props;
  const accessEnded = props.accessEnded ?? true;
  return (
    <Frame
      site={site}
      preview={`${offerName} has ended.`}
      heading={`${offerName} is canceled`}
      contactName={props.contactName}
    >
      <Paragraph>
        {props.unpaid ? 'We could not collect the payment, so it has ended. ' : ''}
        Nothing more will be charged. {accessEnded ? 'Your access has ended.' : 'You keep your access.'}
      </Paragraph>
      <Facts
        rows={[
          ['Offer', offerName],
          ['Ended at', formatInstant(props.endedAt, site)],
        ]}
      />
      <Paragraph>Your progress is kept. To come back, buy the offer again.</Paragraph>
    </Frame>
  );
}

PurchaseCanceled.subject = ({ offerName }: PurchaseCanceledProps) => `${offerName} is canceled`;

PurchaseCanceled.PreviewProps = {
  ...PREVIEW_CUSTOMER,
  endedAt: '2026-04-30T16:00:00.000Z',
} satisfies PurchaseCanceledProps as PurchaseCanceledProps;
