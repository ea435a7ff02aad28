import type { ProblemBody } from '../../../http/problem.ts';
import { emailInWords, EMAIL_STATE_WORDS, emailReasonInWords } from '../../words/email.ts';
import { ENTRY_WORDS } from '../../words/entry.ts';
import { EMPTY_FORM } from '../../form.ts';
import type { Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { FormKey } from '../../parts/fields.tsx';
import { countOf } from '../../parts/counts.ts';
import { Facts } from '../../parts/list.tsx';
import { Badge, Notice, ProblemNotice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import type { FullEmail } from '../../../mail/email-schema.ts';
import { About, Recipient } from './emails.tsx';

export const LOOKS = [
  { name: 'desk', label: 'Desktop' },
  { name: 'phone', label: 'Phone' },
  { name: 'dark', label: 'Dark' },
  { name: 'text', label: 'Text' },
] as const;
export type Look = (typeof LOOKS)[number]['name'];

type Shown = { email: FullEmail; look: Look; problem: ProblemBody | null; site: Site; notice: string | undefined };

export const EmailView = (shown: Shown) => (
  <>
    <p className="crumbs">
      <a href="/emails">Emails</a>
    </p>
    <div className="head">
      <h1>{shown.email.subject ?? emailInWords(shown.email.kind)}</h1>
      <Badge tone={EMAIL_STATE_WORDS[shown.email.state].tone}>{EMAIL_STATE_WORDS[shown.email.state].label}</Badge>
    </div>
    {shown.notice === 'again' ? <Notice tone="good">This email replaces the first one.</Notice> : null}
    <ProblemNotice problem={shown.problem} />
    <div className="cols wide-right">
      <section>
        <h2>What became of it</h2>
        <EmailFacts {...shown} />
        <SendAgain {...shown} />
        <h2>Why it was written</h2>
        <Causes {...shown} />
      </section>
      <section>
        <h2>As it looks</h2>
        <Words {...shown} />
      </section>
    </div>
  </>
);

function EmailFacts({ email, site }: Shown) {
  const { id, kind, state, reason, dueAt, sentAt, attempts, resendOf, resends } = email;
  return (
    <Facts
      facts={[
        ['Kind', emailInWords(kind)],
        ['To', <Recipient key="to" email={email} />],
        ['About', <About key="about" email={email} />],
        ['State', EMAIL_STATE_WORDS[state].label],
        ...(reason === null ? [] : [[WHY[state] ?? 'The provider said', emailReasonInWords(reason)] as const]),
        ['Due', <When key="due" at={dueAt} site={site} />],
        ['Sent', <When key="sent" at={sentAt} site={site} none="Not sent" />],
        ['Tries', countOf(attempts, 'try', 'tries')],
        ...(resendOf === null
          ? []
          : [['In place of', <Other key="first" id={resendOf} label="The first one" />] as const]),
        ...resends
          .map((again) => ['Sent again', <Again key={again.id} again={again} site={site} />] as const)
          .slice(-1),
        ['Id', <code key="id">{id}</code>],
      ]}
    />
  );
}

const WHY: Partial<Record<FullEmail['state'], string>> = { suppressed: 'Why not', unknown: 'Why' };

const Other = ({ id, label }: { id: string; label: string }) => <a href={`/emails/${id}`}>{label}</a>;

const Again = ({ again: { id, state, dueAt }, site }: { again: FullEmail['resends'][number]; site: Site }) => (
  <>
    <a href={`/emails/${id}`}>
      <When at={dueAt} site={site} />
    </a>
    , {EMAIL_STATE_WORDS[state].label.toLowerCase()}
  </>
);

/** Why there is nothing to send again. */
const FINAL: Partial<Record<FullEmail['state'], string>> = {
  queued: 'It is still on its way. If it cannot be delivered, you can send it again.',
  suppressed: 'It was not to be sent, so it cannot be sent again.',
  complained: 'The recipient marked it as spam, so it cannot be sent again.',
};

/** What the provider's list held back can be: the address may be off it. */
function finalOf({ state, isTest, sentAt }: FullEmail): string | undefined {
  if (isTest) return 'It is a test, which tells of nothing, so it cannot be sent again.';
  return state === 'suppressed' && sentAt !== null ? undefined : FINAL[state];
}

function SendAgain({ email }: Shown) {
  const reason = finalOf(email);
  if (reason !== undefined) return <p className="quiet">{reason}</p>;
  return (
    <form method="post">
      <FormKey form={EMPTY_FORM} />
      <button className="tiny">Send again</button>
      <small className="quiet entry-line">It is written again, so that its one-time links work.</small>
    </form>
  );
}

/** What was recorded together with the email: who did what, when, and why. */
function Causes({ email: { causes, dueAt }, site }: Shown) {
  if (causes.length === 0)
    return (
      <p className="quiet">
        Requested directly, not caused by an entry of a timeline; due <When at={dueAt} site={site} />.
      </p>
    );
  return (
    <ol className="timeline">
      {causes.map(({ id, type, at, actor, commandId, reason }) => (
        <li key={id} className={`entry-${ENTRY_WORDS[type].tone}`}>
          <strong>{ENTRY_WORDS[type].label}</strong>
          {reason === null ? null : <span className="entry-line">Reason: {reason}</span>}
          <small className="quiet entry-line">
            <When at={at} site={site} />, by {actorInWords(actor)}
            {commandId === null ? null : (
              <>
                {' · '}
                <a href={`/commands/${commandId}`}>Command</a>
              </>
            )}
          </small>
        </li>
      ))}
    </ol>
  );
}

function Words({ email, look }: Shown) {
  const { id, html, text, state } = email;
  if (html === null)
    return (
      <div className="empty">
        <p>
          {state === 'queued'
            ? 'It is waiting to be sent. You can read it once it has been.'
            : email.sentAt === null
              ? 'It was never written.'
              : 'What it said has been erased with the person.'}
        </p>
      </div>
    );
  return (
    <>
      <nav className="views" aria-label="Looks">
        {LOOKS.map(({ name, label }) => (
          <a key={name} href={`/emails/${id}?as=${name}`} aria-current={look === name ? 'true' : undefined}>
            {label}
          </a>
        ))}
      </nav>
      {look === 'text' ? (
        <pre className="sent">{text}</pre>
      ) : (
        <div className="email-frame" role="region" aria-label="Preview of the email" tabIndex={0}>
          <iframe className={`email ${look}`} title="The email" src={`/emails/${id}/html`} />
        </div>
      )}
      <p className="quiet">One-time links are hidden: they are for the recipient only.</p>
    </>
  );
}
