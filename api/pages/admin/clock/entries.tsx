import { EMAIL_STATE_WORDS, emailInWords } from '../../words/email.ts';
import { ENTRY_WORDS } from '../../words/entry.ts';
import type { Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { Pager } from '../../parts/list.tsx';
import { Badge } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import type { ClockShown, AccountTimelineEntry } from './clock-shown.ts';

type HappenedProps = ClockShown & { way: NonNullable<ClockShown['way']> };

/** What happened on the clock's way, the newest last. */
export const Happened = ({ way: { from, entries }, site, clock, query }: HappenedProps) => (
  <section>
    <h2>What happened</h2>
    <p className="quiet">
      Since <When at={from} site={site} />
    </p>
    {entries.data.length === 0 ? (
      <div className="empty">
        <p>{clock.isMoving ? 'Nothing yet.' : 'Nothing was due in that time, so nothing happened.'}</p>
      </div>
    ) : (
      <ol className="timeline">
        {entries.data.map((entry) => (
          <li key={entry.id} className={`entry-${toneOf(entry)}`}>
            {entry.kind === 'email' ? <Email email={entry} /> : <Entry entry={entry} site={site} />}
            <small className="quiet entry-line">
              <When at={entry.at} site={site} />
              <Whose entry={entry} />
            </small>
          </li>
        ))}
      </ol>
    )}
    <Pager path="/test-clock" query={query} nextCursor={entries.nextCursor} />
  </section>
);

const toneOf = (entry: AccountTimelineEntry) => (entry.kind === 'email' ? 'plain' : ENTRY_WORDS[entry.type].tone);

const Email = ({
  email: { id, emailKind, to, state },
}: {
  email: Extract<AccountTimelineEntry, { kind: 'email' }>;
}) => (
  <>
    Email: <a href={`/emails/${id}`}>{emailInWords(emailKind)}</a> to {to ?? 'a deleted recipient'}{' '}
    <Badge tone={EMAIL_STATE_WORDS[state].tone}>{EMAIL_STATE_WORDS[state].label}</Badge>
  </>
);

function Entry({ entry, site }: { entry: Extract<AccountTimelineEntry, { kind: 'entry' }>; site: Site }) {
  const { label, details } = ENTRY_WORDS[entry.type];
  const shown = (details?.(entry.data, { site, productNames: new Map() }) ?? []).filter((text) => text !== null);
  return (
    <>
      <strong>{label}</strong>
      {shown.length > 0 ? `: ${shown.join(', ')}` : ''}, by {actorInWords(entry.actor)}
      {entry.reason === null ? null : <span className="entry-line">Reason: {entry.reason}</span>}
    </>
  );
}

const Whose = ({ entry: { purchase } }: { entry: AccountTimelineEntry }) =>
  purchase === null ? null : (
    <>
      {' · '}
      <a href={`/purchases/${purchase.id}`}>{purchase.offer.name}</a>
      {' of '}
      {purchase.contact.name ?? purchase.contact.email}
    </>
  );
