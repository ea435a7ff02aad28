import type { CreditRule } from '../../../../workflows/domain/credits/rule.ts';
import { toMs, fromMs, type Instant } from '../../../../workflows/domain/instant.ts';
import { monthInWords, type Here } from '../../words/instant.ts';
import { countOf } from '../counts.ts';
import { Day } from '../when.tsx';
import { creditRows, type CreditRow, type Credits } from './credit-rows.ts';

/** A call as far as a credit tells of it. */
export type CreditCall = { id: string; startsAt: Instant; state: string; endedAt: Instant | null };

type LineProps = { credits: Credits; rule: CreditRule; calls: readonly CreditCall[]; here: Here };

/** Every credit from its issue to its expiry, with what became of it, on one time line. */
export function CreditLine({ credits, rule, calls, here }: LineProps) {
  const { rows, earlier } = creditRows(credits, rule, here.now);
  if (rows.length === 0) return null;
  const span = spanOf(rows, here.now);
  return (
    <>
      <ol className="credits" aria-label="Credits from issue to expiry">
        <li className="axis" aria-hidden="true">
          <span />
          <div>
            {QUARTERS.map((part) => (
              <span key={part}>{monthInWords(fromMs(span.startMs + part * span.lengthMs), here, 'short')}</span>
            ))}
          </div>
          <span />
        </li>
        {rows.map((row) => (
          <li key={row.key}>
            <span>
              <strong>{row.count > 1 ? countOf(row.count, 'credit') : monthInWords(row.issuedAt, here, 'long')}</strong>
              <small>
                {row.state === 'to_come' ? 'to come ' : 'of '}
                <Day at={row.issuedAt} site={here} />
              </small>
            </span>
            <Bar row={row} span={span} now={here.now} />
            <Fate row={row} call={calls.find(({ id }) => id === row.callId)} here={here} />
          </li>
        ))}
      </ol>
      <p className="quiet small">
        The line is today. A bar runs from issue to expiry.
        {earlier > 0
          ? ` ${countOf(earlier, 'credit')} that ended more than a year ago ${earlier === 1 ? 'is' : 'are'} not shown.`
          : ''}
      </p>
    </>
  );
}

const QUARTERS = [0, 0.25, 0.5, 0.75];
const WIDTH = 1000;

type Span = { startMs: number; lengthMs: number };

function spanOf(rows: readonly CreditRow[], now: Instant): Span {
  const instants = [now, ...rows.flatMap(({ issuedAt, expiresAt }) => [issuedAt, expiresAt])].sort();
  const startMs = toMs(instants[0] ?? now);
  return { startMs, lengthMs: Math.max(1, toMs(instants.at(-1) ?? now) - startMs) };
}

const BARS: Record<CreditRow['state'], string> = {
  to_come: 'due',
  available: 'free',
  held: 'held',
  spent: 'faint',
  expired: 'faint',
  forfeited: 'faint',
};

type BarProps = { row: CreditRow; span: Span; now: Instant };

/** Drawn for the eye alone: the words beside it say the same. */
function Bar({ row, span, now }: BarProps) {
  const at = (instant: Instant): number => Math.round(((toMs(instant) - span.startMs) / span.lengthMs) * WIDTH);
  const bar = (from: Instant, to: Instant) => ({
    x: at(from),
    width: Math.max(2, at(to) - at(from)),
    y: 15,
    height: 10,
  });
  return (
    <svg viewBox={`0 0 ${WIDTH} 40`} preserveAspectRatio="none" aria-hidden="true">
      {QUARTERS.slice(1).map((part) => (
        <line key={part} x1={part * WIDTH} x2={part * WIDTH} y1={0} y2={40} />
      ))}
      <rect className={BARS[row.state]} {...bar(row.issuedAt, row.expiresAt)} />
      {row.endedAt === null ? null : <rect className="used" {...bar(row.issuedAt, row.endedAt)} />}
      <line className="today" x1={at(now)} x2={at(now)} y1={0} y2={40} />
    </svg>
  );
}

type FateProps = { row: CreditRow; call: CreditCall | undefined; here: Here };

const Fate = ({ row, call, here }: FateProps) => (
  <span>
    <span className={row.state === 'available' || row.state === 'held' ? 'state good' : 'state off'}>
      {FATES[row.state]}
    </span>
    <small>
      <Why row={row} call={call} here={here} />
    </small>
  </span>
);

const FATES: Record<CreditRow['state'], string> = {
  to_come: 'Not issued yet',
  available: 'Free',
  held: 'Held',
  spent: 'Spent',
  expired: 'Expired',
  forfeited: 'Gone',
};

function Why({ row, call, here }: FateProps) {
  switch (row.state) {
    case 'to_come':
    case 'available':
      return (
        <>
          until <Day at={row.expiresAt} site={here} />
        </>
      );
    case 'held':
      return call ? (
        <>
          for the call of <Day at={call.startsAt} site={here} />
        </>
      ) : (
        <>for a call</>
      );
    case 'spent':
      return <SpentOn call={call} endedAt={row.endedAt} here={here} />;
    case 'expired':
    case 'forfeited':
      return <Day at={row.endedAt} site={here} />;
  }
}

const SPENT: Record<string, string> = { canceled: 'canceled late, call of ', no_show: 'missed call of ' };

const SpentOn = ({ call, endedAt, here }: { call: CreditCall | undefined; endedAt: Instant | null; here: Here }) => (
  <>
    {call ? (SPENT[call.state] ?? 'call of ') : ''}
    <Day at={call?.startsAt ?? endedAt} site={here} />
  </>
);
