import type { CancellationScheduledProps } from '../catalogue.ts';
import { formatCharge, formatInstant } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Action, Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_CUSTOMER } from '../preview.ts';

/** At the request to cancel later; another email comes at the end (R6). */
export default function CancellationScheduled(props: CancellationScheduledProps) {
  const { site, offerName, nextCharge, undoUrl } = props;
  return (
    <Frame
      site={site}
      preview={`${offerName} ends on ${formatInstant(props.cancelAt, site)}.`}
      heading={`${offerName} will be canceled`}
      contactName={props.contactName}
    >
      <Paragraph>You keep your access until then.</Paragraph>
      <Facts
        rows={[
          ['Offer', offerName],
          ['Ends', formatInstant(props.cancelAt, site)],
          ['Next payment', nextCharge ? formatCharge(nextCharge, site) : 'none'],
        ]}
      />
      {undoUrl ? <Action href={undoUrl}>Keep it after all</Action> : null}
    </Frame>
  );
}

CancellationScheduled.subject = ({ offerName }: CancellationScheduledProps) => `${offerName} will be canceled`;

CancellationScheduled.PreviewProps = {
  ...PREVIEW_CUSTOMER,
  cancelAt: '2026-04-30T16:00:00.000Z',
  nextCharge: null,
  undoUrl: 'https://willow-and-wheel.example/purchases/undo-cancel?token=preview-token',
} satisfies CancellationScheduledProps as CancellationScheduledProps;
