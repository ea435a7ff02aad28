import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addIntervals } from '../../../workflows/domain/calendar.ts';
import { isLive } from '../../../workflows/domain/billing.ts';
import { fromMs, toMs, type Instant } from '../../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { DEFAULT_SETTINGS } from '../../../workflows/domain/settings.ts';
import { forecast } from '../../../workflows/forecast/forecast.ts';
import type { ForecastEntry } from '../../../workflows/forecast/forecast-entry.ts';
import { aWholeLife, begin, type Begun } from '../lives/any-life.ts';

const HOUR_MS = 3_600_000;

const ahead = (state: PurchaseState, now: Instant, until: Instant): ForecastEntry[] =>
  forecast([state], { settings: DEFAULT_SETTINGS, now, until });

/** A life of any kind, after some steps of anything; from here on the card works. */
function lived({ deal, steps }: typeof aWholeLife extends fc.Arbitrary<infer Life> ? Life : never): Begun {
  const begun = begin(deal);
  const { life, stripe } = begun;
  for (const { hours, verb, cardWorks, atStripe } of steps) {
    if (stripe) stripe.cardWorks = cardWorks;
    life.moveTo(fromMs(toMs(life.now) + hours * HOUR_MS), actOnly);
    if (verb) life.ask(...verb(begun));
    if (atStripe) life.hear(atStripe(begun));
  }
  if (stripe) stripe.cardWorks = true;
  return begun;
}

const actOnly = (_stripe: unknown, _state: unknown, _at: unknown, act: () => void): void => act();

const sorted = (lines: string[]): string[] => lines.toSorted();

/** What a forecast says of timeline, charges, call credits and emails, each with its instant. */
const said = (entries: ForecastEntry[]): string[] =>
  sorted(
    entries.flatMap((one) => {
      switch (one.kind) {
        case 'charge':
          return `${one.at} charge ${one.amountMinor} ${one.currency}`;
        case 'event':
          return `${one.at} ${one.event}`;
        case 'email':
          return `${one.at} email ${one.email}`;
        case 'credit':
          return Array<string>(one.count).fill(`${one.at} credit ${one.change}`);
        case 'due':
        case 'state':
          return [];
      }
    }),
  );

/** Marks where a life stands; what has happened since, as a forecast would say it. */
function mark({ life }: Begun) {
  const [entries, emails, ledger] = [life.entries.length, life.emails.length, life.ledger.length];
  return (): string[] =>
    sorted([
      ...life.entries
        .slice(entries)
        .map(({ type, at, data }) =>
          type === 'payment.succeeded'
            ? `${at} charge ${String(data.amountMinor)} ${String(data.currency)}`
            : `${at} ${type}`,
        ),
      ...life.emails.slice(emails).map(({ kind, at }) => `${at} email ${kind}`),
      ...life.ledger.slice(ledger).map(({ kind, at }) => `${at} credit ${kind}`),
    ]);
}

/**
 * Of a plan that is paused: whether its stop still stands at Stripe, where somebody has paused or
 * gone on with it there, is not known here.
 */
const staleStopOf = ({ billing }: PurchaseState): Instant | null =>
  isLive(billing) && billing.pause ? (billing.instalments?.stopAt ?? null) : null;

/** A credit with Stripe pays some charges in place of the card; the window opens with a payment. */
const withoutCharges = (lines: string[]): string[] =>
  lines.filter((line) => !/ charge |payment-receipt$|refund-window-closed$/.test(line));

const RUNS = { numRuns: Number(process.env.LIVES ?? 150) };
const inMonths = ({ life }: Begun, months: number): Instant => addIntervals(life.now, 'month', months);

describe('whole lives of every kind, whatever has been done to them', () => {
  test('what is forecast for 13 months is what then happens, to the minor unit and the instant [R23.2]', () => {
    fc.assert(
      fc.property(aWholeLife, (drawn) => {
        const begun = lived(drawn);
        const { life } = begun;
        const until = inMonths(begun, 13);
        const entries = ahead(life.state, life.now, until);
        const unclearFrom = staleStopOf(life.state) ?? until;
        const since = mark(begun);

        life.moveTo(until, actOnly);

        const isKnown = entries.every(({ doubt }) => doubt !== 'credit_at_stripe');
        const of = (lines: string[]) => (isKnown ? lines : withoutCharges(lines)).filter((line) => line < unclearFrom);
        expect(of(said(entries))).toEqual(of(since()));
      }),
      RUNS,
    );
  });

  test('a forecast until a later date begins with the one until an earlier date', () => {
    fc.assert(
      fc.property(aWholeLife, fc.integer({ min: 0, max: 12 }), (drawn, months) => {
        const begun = lived(drawn);
        const { life } = begun;
        const earlier = inMonths(begun, months);

        const entries = ahead(life.state, life.now, inMonths(begun, 13));

        expect(ahead(life.state, life.now, earlier)).toEqual(entries.filter(({ at }) => at <= earlier));
      }),
      RUNS,
    );
  });

  test('from a state on the way, it is the rest of what was forecast before', () => {
    fc.assert(
      fc.property(aWholeLife, fc.integer({ min: 1, max: 9000 }), (drawn, hours) => {
        const begun = lived(drawn);
        const { life } = begun;
        const until = inMonths(begun, 13);
        const before = ahead(life.state, life.now, until);
        fc.pre(before.every(({ doubt }) => doubt !== 'credit_at_stripe') && staleStopOf(life.state) === null);

        life.moveTo(fromMs(toMs(life.now) + hours * HOUR_MS), actOnly);

        const { state, now } = life;
        expect(said(ahead(state, now, until))).toEqual(said(before.filter(({ at }) => at > now)));
      }),
      RUNS,
    );
  });
});
