import type { ResumeDateChangedProps } from '../catalogue.ts';
import { formatDate } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_CUSTOMER } from '../preview.ts';

/** After the end of a pause was moved or cleared (R7.3). */
export default function ResumeDateChanged(props: ResumeDateChangedProps) {
  const { site, offerName, previousResumeAt, resumeAt } = props;
  return (
    <Frame
      site={site}
      preview={`The pause of ${offerName} has a new end.`}
      heading="Your resume date has changed"
      contactName={props.contactName}
    >
      <Paragraph>
        {resumeAt
          ? `${offerName} stays paused until the new date, and then resumes by itself.`
          : `${offerName} stays paused until somebody resumes it.`}
      </Paragraph>
      <Facts
        rows={[
          ['Offer', offerName],
          ['Before', formatDate(previousResumeAt, site)],
          ['Resumes', formatDate(resumeAt, site)],
        ]}
      />
    </Frame>
  );
}

ResumeDateChanged.subject = ({ offerName }: ResumeDateChangedProps) => `New resume date for ${offerName}`;

ResumeDateChanged.PreviewProps = {
  ...PREVIEW_CUSTOMER,
  previousResumeAt: '2026-05-01T07:00:00.000Z',
  resumeAt: '2026-06-01T07:00:00.000Z',
} satisfies ResumeDateChangedProps as ResumeDateChangedProps;
