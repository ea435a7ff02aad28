import type { ReactNode } from 'react';
import type { LoginCauseCode } from '../../../../workflows/domain/login-cause.ts';
import type { ApiLoginCause } from '../../../people/login-help-schema.ts';
import type { Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { Day, When } from '../../parts/when.tsx';
import { BLOCK_WORDS } from '../../words/access.ts';

type Said = (cause: ApiLoginCause, site: Site) => ReactNode;

const LINKS = {
  set_password: 'link to set a password',
  reset_password: 'link to set another password',
  login: 'login link',
} as const;

const linkOf = ({ evidence: { linkKind } }: ApiLoginCause): string => LINKS[linkKind ?? 'login'];

const Email = ({ cause: { evidence } }: { cause: ApiLoginCause }) =>
  evidence.emailId === null ? <>email</> : <a href={`/emails/${evidence.emailId}`}>email</a>;

/** What the provider said, as it said it. */
const Quoted = ({ cause: { evidence } }: { cause: ApiLoginCause }) =>
  evidence.providerText === null ? null : (
    <>
      {' '}
      The mail provider says: <q>{evidence.providerText}</q>
    </>
  );

/** One sentence or two on what is wrong; the next step stands beside it. */
export const CAUSE_WORDS: Record<LoginCauseCode, Said> = {
  erased: ({ at }, site) => (
    <>
      This person was erased on <Day at={at} site={site} />; ask with which address they log in.
    </>
  ),
  merged: ({ at }, site) => (
    <>
      On <Day at={at} site={site} /> this contact became part of the one below: emails go to its address.
    </>
  ),
  no_such_contact: ({ evidence: { nearMatches } }) =>
    nearMatches.length > 0
      ? 'Nobody has this address. It may be one of those below, typed wrong in one of the two places.'
      : 'Nobody has this address, nor one that is nearly the same. Ask with which address they bought.',
  not_customer: ({ evidence: { nearMatches } }) => (
    <>
      They have bought or been granted nothing, and login emails go to customers only.
      {nearMatches.length > 0 ? ' They may have bought with one of the addresses below.' : ''}
    </>
  ),
  locked_out: ({ evidence: { until } }, site) => (
    <>
      Too many wrong passwords: they have to wait until <When at={until} site={site} />.
    </>
  ),
  email_bounced: (cause, site) => (
    <>
      The <Email cause={cause} /> of <When at={cause.at} site={site} /> bounced.
      <Quoted cause={cause} />
    </>
  ),
  email_complained: (cause, site) => (
    <>
      They marked the <Email cause={cause} /> of <When at={cause.at} site={site} /> as spam, and the mail provider sends
      them nothing more.
    </>
  ),
  email_suppressed: (cause, site) => (
    <>
      The mail provider sends nothing to this address since <When at={cause.at} site={site} />.
      <Quoted cause={cause} />
    </>
  ),
  email_failed: (cause, site) => (
    <>
      The <Email cause={cause} /> of <When at={cause.at} site={site} /> could not be sent.
      <Quoted cause={cause} />
    </>
  ),
  email_delayed: (cause, site) => (
    <>
      The <Email cause={cause} /> is held up at their mail server since <When at={cause.at} site={site} />; it is tried
      again by itself.
    </>
  ),
  email_queued: (cause, site) => (
    <>
      The <Email cause={cause} /> of <When at={cause.at} site={site} /> is on its way still.
    </>
  ),
  bought_not_granted: (cause) => (
    <>
      They bought {cause.evidence.offerName} and were not granted it. Buyers get a confirmation
      {cause.evidence.emailId === null ? ', but theirs was switched off' : <Confirmation cause={cause} />}; they set a
      password right after paying, or ask for a login link.
    </>
  ),
  welcome_off: ({ evidence: { offerName, switchedOffBy } }) => (
    <>
      They were granted {offerName}, and the welcome email {OFF_WORDS[switchedOffBy ?? 'grant']}.
    </>
  ),
  password_dropped: ({ at }, site) => (
    <>
      Their password was dropped on <When at={at} site={site} />: it was set before a link that was mailed to the
      address had been opened, so anybody could have set it. They choose a new one after a login link.
    </>
  ),
  never_set_password: (cause, site) => (
    <>
      They have no password.
      {cause.evidence.emailId === null ? null : (
        <>
          {' '}
          The welcome <Email cause={cause} /> went out on <When at={cause.evidence.sentAt} site={site} none="its way" />
          .
        </>
      )}
    </>
  ),
  link_opened: (cause, site) => (
    <>
      Their {linkOf(cause)} works once, and was used on <When at={cause.evidence.linkOpenedAt} site={site} />
      <Tried cause={cause} site={site} />.
    </>
  ),
  link_expired: (cause, site) => (
    <>
      Their {linkOf(cause)} of <When at={cause.evidence.sentAt} site={site} /> ended on{' '}
      <When at={cause.evidence.linkExpiresAt} site={site} />
      <Tried cause={cause} site={site} />.
    </>
  ),
  access_blocked: (cause, site) => (
    <>
      The login is fine, but {cause.evidence.productName} is closed: <Blocks cause={cause} site={site} /> (through{' '}
      {cause.evidence.offerName}).
    </>
  ),
  login_fine: ({ evidence: { lastLoginAt } }, site) =>
    lastLoginAt === null ? (
      'Nothing is wrong: they have a password and have not tried it yet.'
    ) : (
      <>
        Nothing is wrong: they last logged in on <When at={lastLoginAt} site={site} />.
      </>
    ),
};

const OFF_WORDS = {
  account: 'is switched off for the whole account',
  offer: 'is switched off by the offer',
  grant: 'was skipped when it was granted',
} as const;

type Props = { cause: ApiLoginCause; site: Site };

const Confirmation = ({ cause }: Pick<Props, 'cause'>) => (
  <>
    {' '}
    (this <Email cause={cause} />
    ), without a link that logs in
  </>
);

const Tried = ({ cause: { evidence }, site }: Props) =>
  evidence.linkRefusedAt === null ? null : (
    <>
      ; they tried it again on <When at={evidence.linkRefusedAt} site={site} />
    </>
  );

const Blocks = ({ cause, site }: Props) =>
  cause.evidence.blocks.map(({ source, since, by }, index) => (
    <span key={source}>
      {index === 0 ? '' : '; '}
      {BLOCK_WORDS[source]}
      {by === null ? '' : ` by ${actorInWords(by)}`}, since <Day at={since} site={site} />
    </span>
  ));
