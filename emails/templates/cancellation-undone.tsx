import type { CancellationUndoneProps } from '../catalogue.ts';
import { formatCharge } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_CUSTOMER, PREVIEW_PRICE } from '../preview.ts';

/** After a pending cancellation was undone: continues as before, no charge now (R6). */
export default function CancellationUndone(props: CancellationUndoneProps) {
  const { site, offerName, nextCharge } = props;
  return (
    <Frame
      site={site}
      preview={`${offerName} goes on as before.`}
      heading={`${offerName} goes on`}
      contactName={props.contactName}
    >
      <Paragraph>It will not be canceled after all. Nothing is charged now.</Paragraph>
      <Facts
        rows={[
          ['Offer', offerName],
          ['Next payment', nextCharge ? formatCharge(nextCharge, site) : 'none'],
        ]}
      />
    </Frame>
  );
}

CancellationUndone.subject = ({ offerName }: CancellationUndoneProps) => `${offerName} will not be canceled`;

CancellationUndone.PreviewProps = {
  ...PREVIEW_CUSTOMER,
  nextCharge: { amount: PREVIEW_PRICE, at: '2026-04-30T16:00:00.000Z' },
} satisfies CancellationUndoneProps as CancellationUndoneProps;
