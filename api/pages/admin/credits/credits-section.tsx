import type { z } from 'zod';
import type { creditsSchema } from '../../../credits/credit-schema.ts';
import type { Site } from '../../page.ts';
import type { Call } from '../../parts/calls/call-words.tsx';
import { countOf } from '../../parts/counts.ts';
import { Badge } from '../../parts/notice.tsx';
import { Day, DayAndNear, When } from '../../parts/when.tsx';
import { CREDIT_KIND_WORDS, CREDIT_STATE_WORDS } from '../../words/credit.ts';
import { instantInWords } from '../../words/instant.ts';

export type Credits = z.output<typeof creditsSchema>;
type Credit = Credits['data'][number];
type Place = { purchaseId: string; mayForfeit: boolean; calls: readonly Call[]; site: Site };

/** A purchase's call credits, each with every entry of the ledger [R19.4, R19.7]. */
export function CreditsSection({ credits, ...place }: Place & { credits: Credits }) {
  const { perYear, data } = credits;
  if (perYear === 0 && data.length === 0) return null;
  const open = data.filter(isOpen);
  const ended = data.filter((credit) => !isOpen(credit)).toReversed();
  return (
    <section id="credits">
      <h2>Call credits</h2>
      <Balance credits={credits} site={place.site} />
      <CreditList credits={open} {...place} />
      {ended.length === 0 ? null : (
        <details className="fold">
          <summary>{countOf(ended.length, 'credit')} that ended</summary>
          <CreditList credits={ended} {...place} />
        </details>
      )}
    </section>
  );
}

const isOpen = ({ state }: Credit): boolean => state === 'available' || state === 'held';

const Balance = ({ credits, site }: { credits: Credits; site: Site }) => (
  <p>
    <strong>{credits.available} available</strong>
    {credits.held === 0 ? '' : `, ${credits.held} held for calls`}. {credits.remainingThisYear} of {credits.perYear}{' '}
    left this year. Next credit: <DayAndNear at={credits.nextIssueAt} site={site} none="none" />.
  </p>
);

const CreditList = ({ credits, ...place }: Place & { credits: readonly Credit[] }) =>
  credits.length === 0 ? null : (
    <ul className="timeline">
      {credits.map((credit) => (
        <CreditLine key={credit.id} credit={credit} {...place} />
      ))}
    </ul>
  );

function CreditLine({ credit, purchaseId, mayForfeit, calls, site }: Place & { credit: Credit }) {
  const { label, tone } = CREDIT_STATE_WORDS[credit.state];
  return (
    <li>
      <Badge tone={tone}>{label}</Badge>{' '}
      <span className="quiet">
        issued <Day at={credit.issuedAt} site={site} />, good until <Day at={credit.expiresAt} site={site} />
      </span>
      {mayForfeit && credit.state === 'available' ? (
        <>
          {' '}
          <a href={`/purchases/${purchaseId}/forfeit-credit?creditId=${encodeURIComponent(credit.id)}`}>Forfeit</a>
        </>
      ) : null}
      {credit.entries.slice(1).map((entry, index) => (
        <EntryLine key={index} entry={entry} calls={calls} site={site} />
      ))}
    </li>
  );
}

type EntryProps = Pick<Place, 'calls' | 'site'> & { entry: Credit['entries'][number] };

const EntryLine = ({ entry: { kind, at, expiresAt, callId }, calls, site }: EntryProps) => (
  <small className="quiet entry-line">
    {CREDIT_KIND_WORDS[kind]} <When at={at} site={site} />
    {expiresAt === null ? null : (
      <>
        , good until <Day at={expiresAt} site={site} />
      </>
    )}
    {callId === null ? null : (
      <>
        , <a href={`/calls/${callId}`}>the call{calledOn(callId, calls, site)}</a>
      </>
    )}
  </small>
);

/** When the call is, where it is among the latest. */
function calledOn(callId: string, calls: readonly Call[], site: Site): string {
  const call = calls.find(({ id }) => id === callId);
  return call === undefined ? '' : ` of ${instantInWords(call.startsAt, site, 'hour')}`;
}
