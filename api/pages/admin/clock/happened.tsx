import { EMAIL_STATE_WORDS, emailInWords } from '../../email-words.ts';
import { ENTRY_WORDS } from '../../entry-words.ts';
import type { Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { Pager } from '../../parts/list.tsx';
import { Badge } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import type { ClockShown, Happening } from './test-clock.tsx';

type HappenedProps = ClockShown & { way: NonNullable<ClockShown['way']> };

/** What happened on the clock's way, the newest last. */
export const Happened = ({ way: { from, happenings }, site, clock, query }: HappenedProps) => (
  <section>
    <h2>What happened on the way</h2>
    <p className="quiet">
      Since <When at={from} site={site} />
    </p>
    {happenings.data.length === 0 ? (
      <div className="empty">
        <p>{clock.isMoving ? 'Nothing yet.' : 'Nothing was due in that time, so nothing happened.'}</p>
      </div>
    ) : (
      <ol className="timeline">
        {happenings.data.map((happening) => (
          <li key={happening.id} className={`entry-${toneOf(happening)}`}>
            {happening.kind === 'email' ? <Email email={happening} /> : <Entry entry={happening} site={site} />}
            <small className="quiet entry-line">
              <When at={happening.at} site={site} />
              <Whose happening={happening} />
            </small>
          </li>
        ))}
      </ol>
    )}
    <Pager path="/test-clock" query={query} nextCursor={happenings.nextCursor} />
  </section>
);

const toneOf = (happening: Happening) => (happening.kind === 'email' ? 'plain' : ENTRY_WORDS[happening.type].tone);

const Email = ({ email: { id, emailKind, to, state } }: { email: Extract<Happening, { kind: 'email' }> }) => (
  <>
    Email: <a href={`/emails/${id}`}>{emailInWords(emailKind)}</a> to {to ?? 'nobody any more'}{' '}
    <Badge tone={EMAIL_STATE_WORDS[state].tone}>{EMAIL_STATE_WORDS[state].label}</Badge>
  </>
);

function Entry({ entry, site }: { entry: Extract<Happening, { kind: 'entry' }>; site: Site }) {
  const { label, tell } = ENTRY_WORDS[entry.type];
  const told = (tell?.(entry.data, { site, productNames: new Map() }) ?? []).filter((text) => text !== null);
  return (
    <>
      <strong>{label}</strong>
      {told.length > 0 ? `: ${told.join(', ')}` : ''}, by {actorInWords(entry.actor)}
      {entry.reason === null ? null : <span className="entry-line">Reason: {entry.reason}</span>}
    </>
  );
}

const Whose = ({ happening: { purchase } }: { happening: Happening }) =>
  purchase === null ? null : (
    <>
      {' · '}
      <a href={`/purchases/${purchase.id}`}>{purchase.offer.name}</a>
      {' of '}
      {purchase.contact.name ?? purchase.contact.email}
    </>
  );
