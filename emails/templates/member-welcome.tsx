import type { MemberWelcomeProps } from '../catalogue.ts';
import { formatInstant } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Action, Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_SITE } from '../preview.ts';

/** To a new customer by grant: login name and a one-time link to set a password (R13.2). */
export default function MemberWelcome(props: MemberWelcomeProps) {
  const { site } = props;
  return (
    <Frame
      site={site}
      preview="Set your password to get in."
      heading={`Welcome to ${site.name}`}
      contactName={props.contactName}
    >
      <Paragraph>Your login is ready. Choose a password to begin:</Paragraph>
      <Action href={props.setPasswordUrl}>Set your password</Action>
      <Facts
        rows={[
          ['Login name', props.loginEmail],
          ['The link works once, until', formatInstant(props.expiresAt, site)],
          ['Afterwards, log in at', props.loginUrl],
        ]}
      />
    </Frame>
  );
}

MemberWelcome.subject = ({ site }: MemberWelcomeProps) => `Welcome to ${site.name}: set your password`;

MemberWelcome.PreviewProps = {
  site: PREVIEW_SITE,
  contactName: 'Ada Lovelace',
  loginEmail: 'ada@example.com',
  setPasswordUrl: 'https://willow-and-wheel.example/set-password?token=preview-token',
  expiresAt: '2026-02-07T17:00:00.000Z',
  loginUrl: 'https://willow-and-wheel.example/login',
} satisfies MemberWelcomeProps as MemberWelcomeProps;
