import type { AlreadyLiveProps } from '../catalogue.ts';
import { formatInstant } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Action, Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_CUSTOMER } from '../preview.ts';

/** To a customer with whose address somebody, most likely they, wanted to buy what they have already (R5.7). */
export default function AlreadyLive(props: AlreadyLiveProps) {
  const { site, offerName, updateCardUrl } = props;
  return (
    <Frame
      site={site}
      preview={`You have ${offerName} already.`}
      heading={`You have ${offerName} already`}
      contactName={props.contactName}
    >
      <Paragraph>
        Somebody wanted to buy {offerName} with this address. {STANDING[props.standing]}
      </Paragraph>
      <Action href={props.loginLinkUrl}>{updateCardUrl ? 'Log in and update your card' : 'Log in'}</Action>
      <Facts
        rows={[
          ['The link works once, until', formatInstant(props.expiresAt, site)],
          ['Afterwards, update your card at', updateCardUrl],
        ]}
      />
      <Paragraph>If it was not you, leave this email alone: nothing was bought, and nothing happens.</Paragraph>
    </Frame>
  );
}

const STANDING: Record<AlreadyLiveProps['standing'], string> = {
  running: 'It is running, so there is nothing to buy: log in to use it.',
  paused: 'It is paused, so there is nothing to buy: log in to see until when.',
  past_due: 'It is yours, but a payment is overdue: another card puts that right, and nothing has to be bought anew.',
};

AlreadyLive.subject = ({ offerName }: AlreadyLiveProps) => `You have ${offerName} already`;

AlreadyLive.PreviewProps = {
  ...PREVIEW_CUSTOMER,
  loginLinkUrl: 'https://willow-and-wheel.example/login?token=preview-token&next=%2Fbilling%2Fupdate-card',
  expiresAt: '2026-01-31T17:15:00.000Z',
  standing: 'past_due',
  updateCardUrl: 'https://willow-and-wheel.example/billing/update-card?purchase=preview',
} satisfies AlreadyLiveProps as AlreadyLiveProps;
