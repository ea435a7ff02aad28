import type { PurchaseCanceledProps } from '../catalogue.ts';
import { formatDay, formatInstant } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_CUSTOMER } from '../preview.ts';

/** When a purchase has ended, at once or on its date (R8). */
export default function PurchaseCanceled(props: PurchaseCanceledProps) {
  const { site, offerName } = props;
  return (
    <Frame
      site={site}
      preview={`${offerName} has ended.`}
      heading={`${offerName} is canceled`}
      contactName={props.contactName}
    >
      <Paragraph>
        {props.unpaid ? 'The last try to collect your payment failed, and no further one comes. ' : ''}
        Nothing more will be charged. {accessInWords(props)}
      </Paragraph>
      <Facts
        rows={[
          ['Offer', offerName],
          ['Ended at', formatInstant(props.endedAt, site)],
          ['Why', props.declineMessage],
        ]}
      />
      <Paragraph>Your progress is kept. To come back, buy the offer again.</Paragraph>
    </Frame>
  );
}

function accessInWords({ site, endedAt, accessEnded = true, accessEndsAt }: PurchaseCanceledProps): string {
  if (accessEnded) return `Your access ended on ${formatDay(endedAt, site)}.`;
  return accessEndsAt ? `You keep your access until ${formatDay(accessEndsAt, site)}.` : 'You keep your access.';
}

PurchaseCanceled.subject = ({ offerName }: PurchaseCanceledProps) => `${offerName} is canceled`;

PurchaseCanceled.PreviewProps = {
  ...PREVIEW_CUSTOMER,
  endedAt: '2026-04-30T16:00:00.000Z',
} satisfies PurchaseCanceledProps as PurchaseCanceledProps;
