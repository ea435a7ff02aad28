import type { PurchaseResumedProps } from '../catalogue.ts';
import { formatCharge, formatInstant } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_CUSTOMER, PREVIEW_PRICE } from '../preview.ts';

/** After a resume: payments go on at the next regular date, nothing back-charged (R6). */
export default function PurchaseResumed(props: PurchaseResumedProps) {
  const { site, offerName, nextCharge } = props;
  return (
    <Frame
      site={site}
      preview={`${offerName} goes on.`}
      heading={`${offerName} is resumed`}
      contactName={props.contactName}
    >
      <Paragraph>Nothing is charged for the time it was paused.</Paragraph>
      <Facts
        rows={[
          ['Offer', offerName],
          ['Resumed at', formatInstant(props.resumedAt, site)],
          ['Next payment', nextCharge ? formatCharge(nextCharge, site) : 'none'],
        ]}
      />
    </Frame>
  );
}

PurchaseResumed.subject = ({ offerName }: PurchaseResumedProps) => `${offerName} is resumed`;

PurchaseResumed.PreviewProps = {
  ...PREVIEW_CUSTOMER,
  resumedAt: '2026-05-01T07:00:00.000Z',
  nextCharge: { amount: PREVIEW_PRICE, at: '2026-05-31T16:00:00.000Z' },
} satisfies PurchaseResumedProps as PurchaseResumedProps;
