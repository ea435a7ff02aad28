import type { ReactNode } from 'react';
import type { ApiBroadcast } from '../../../mail/broadcast-schema.ts';
import { changesOf, type JobChange } from '../../../../workflows/domain/job.ts';
import { EMPTY_FORM } from '../../form.ts';
import type { Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { countOf } from '../../parts/counts.ts';
import { FormKey, type Option } from '../../parts/fields.tsx';
import { Facts } from '../../parts/list.tsx';
import { Notice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { leftOutInWords, segmentInWords } from '../../words/broadcast.ts';
import { takenOf } from './broadcasts.tsx';

type Shown = { broadcast: ApiBroadcast; segments: readonly Option[]; site: Site };

/** How far a broadcast is, what has become of it, and what it said. */
export const Sending = ({ broadcast, segments, site }: Shown) => (
  <>
    {broadcast.stuckReason === null ? null : (
      <Notice tone="warn">
        It does not go on at the moment: {broadcast.stuckReason}. It is tried again by itself.
      </Notice>
    )}
    <Progress broadcast={broadcast} site={site} />
    <Changes broadcast={broadcast} />
    <div className="cols">
      <section>
        <h2>What became of it</h2>
        <Facts facts={figuresOf(broadcast)} />
        <p>
          <a href={`/emails?broadcastId=${broadcast.id}`}>Each email</a>
        </p>
      </section>
      <section>
        <h2>What it says</h2>
        <Facts
          facts={[
            ['To', segmentInWords(segments, broadcast.segment)],
            ['Subject', broadcast.subject],
            ['Heading', broadcast.heading],
            ['Text', broadcast.body.map((line, place) => <p key={place}>{line}</p>)],
            ['Button', broadcast.button === null ? '–' : `${broadcast.button.label}: ${broadcast.button.url}`],
            ['Written by', actorInWords(broadcast.by)],
            ['Changed by', broadcast.changedBy === null ? '–' : actorInWords(broadcast.changedBy)],
          ]}
        />
      </section>
    </div>
  </>
);

function Progress({ broadcast: { state, figures, sendAt, endedAt }, site }: Pick<Shown, 'broadcast' | 'site'>) {
  const { recipients = 0, queued = 0 } = figures ?? {};
  if (state === 'scheduled' && sendAt !== null)
    return (
      <p>
        It begins <When at={sendAt} site={site} />.
      </p>
    );
  return (
    <p>
      <progress value={recipients - queued} max={Math.max(1, recipients)} aria-label="Progress" />{' '}
      {(recipients - queued).toLocaleString('en-US')} of {countOf(recipients, 'contact')}
      {endedAt === null ? null : (
        <>
          , ended <When at={endedAt} site={site} />
        </>
      )}
    </p>
  );
}

const CHANGES = {
  pause: { label: 'Pause', of: '' },
  resume: { label: 'Go on', of: 'primary' },
  cancel: { label: 'Cancel the rest', of: 'danger' },
} satisfies Record<JobChange, { label: string; of: string }>;

function Changes({ broadcast: { state } }: Pick<Shown, 'broadcast'>) {
  const changes = state === 'draft' ? [] : changesOf(state);
  if (changes.length === 0) return null;
  return (
    <form method="post" className="actions">
      <FormKey form={EMPTY_FORM} />
      {changes.map((change) => (
        <button key={change} className={CHANGES[change].of} name="_step" value={change}>
          {state === 'scheduled' ? 'Call it off' : CHANGES[change].label}
        </button>
      ))}
    </form>
  );
}

type Fact = readonly [label: string, value: ReactNode];

function figuresOf({ figures }: ApiBroadcast): Fact[] {
  if (!figures) return [];
  const said = (count: number) => count.toLocaleString('en-US');
  return [
    ['Recipients', said(figures.recipients)],
    ['Got it', takenOf(figures)],
    ['Of these delivered', said(figures.delivered)],
    ['Bounced', said(figures.bounced)],
    ['Marked as spam', said(figures.complained)],
    ['Unsubscribed by it', said(figures.unsubscribed)],
    ['Failed', said(figures.failed)],
    ['Unknown', said(figures.unknown)],
    ['Left out', said(figures.suppressed)],
    ...figures.suppressedBy.map(({ reason, count }): Fact => [`… ${leftOutInWords(reason)}`, said(count)]),
  ];
}
