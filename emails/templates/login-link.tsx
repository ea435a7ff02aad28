import type { LoginLinkProps } from '../catalogue.ts';
import { formatInstant } from '../format.ts';
import { Frame } from '../frame.tsx';
import { Action, Facts, Paragraph } from '../parts.tsx';
import { PREVIEW_SITE } from '../preview.ts';

/** To a customer who asked to log in without a password: a link that works once, for 15 minutes (R13.2). */
export default function LoginLink(props: LoginLinkProps) {
  const { site } = props;
  return (
    <Frame
      site={site}
      preview="Your link to log in."
      heading={`Log in to ${site.name}`}
      contactName={props.contactName}
    >
      <Paragraph>You asked for a link to log in. Nobody else should have it.</Paragraph>
      <Action href={props.loginLinkUrl}>Log in</Action>
      <Facts rows={[['The link works once, until', formatInstant(props.expiresAt, site)]]} />
      <Paragraph>If you did not ask for it, leave this email alone: nothing happens.</Paragraph>
    </Frame>
  );
}

LoginLink.subject = ({ site }: LoginLinkProps) => `Your link to log in to ${site.name}`;

LoginLink.PreviewProps = {
  site: PREVIEW_SITE,
  contactName: 'Ada Lovelace',
  loginLinkUrl: 'https://willow-and-wheel.example/login?token=preview-token',
  expiresAt: '2026-01-31T17:15:00.000Z',
} satisfies LoginLinkProps as LoginLinkProps;
