import type { PurchasePausedProps } from '../catalogue.ts';
import { formatDate, formatInstant } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_CUSTOMER } from '../preview.ts';

/** After a pause, however it came about (R7). */
export default function PurchasePaused(props: PurchasePausedProps) {
  const { site, offerName, resumeAt } = props;
  return (
    <Frame
      site={site}
      preview={`Payments for ${offerName} are on hold.`}
      heading={`${offerName} is paused`}
      contactName={props.contactName}
    >
      <Paragraph>
        Nothing is charged while it is paused.{' '}
        {props.accessSuspended ? 'Your access is on hold until it resumes.' : 'You keep your access.'}
      </Paragraph>
      <Facts
        rows={[
          ['Offer', offerName],
          ['Paused at', formatInstant(props.pausedAt, site)],
          ['Resumes', formatDate(resumeAt, site)],
        ]}
      />
    </Frame>
  );
}

PurchasePaused.subject = ({ offerName }: PurchasePausedProps) => `${offerName} is paused`;

PurchasePaused.PreviewProps = {
  ...PREVIEW_CUSTOMER,
  pausedAt: '2026-03-05T18:30:00.000Z',
  resumeAt: '2026-05-01T07:00:00.000Z',
  accessSuspended: false,
} satisfies PurchasePausedProps as PurchasePausedProps;
