import type { CreditLine } from '../domain/credits/ledger.ts';
import { upcoming } from '../domain/due.ts';
import type { Instant } from '../domain/instant.ts';
import type { TimelineEntry } from '../domain/outcome.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { Standing } from '../domain/standing.ts';
import type { PassResult } from '../purchase/pass-result.ts';
import type { Doubt, ForecastEntry } from './forecast-entry.ts';

/** When something of a forecast is worked out, and whether what Stripe then charges is certain. */
export type Worked = { at: Instant; doubt: Doubt | null };

/** The dates of the due list that come at that instant. */
export const duesAt = (state: PurchaseState, at: Instant, doubt: Doubt | null): ForecastEntry[] =>
  upcoming(state, at)
    .filter((due) => due.at === at)
    .map(({ kind: due }) => ({ at, ...of(state), doubt, kind: 'due', due }));

/** What a pass comes to: the timeline with its charges, call credits, and emails. */
export const entriesOf = (
  state: PurchaseState,
  { entries, emails, ledger }: PassResult,
  { at, doubt }: Worked,
): ForecastEntry[] => [
  ...entries.map((entry) => ({ at: entry.at, ...of(state), doubt, ...lineOf(entry) })),
  ...creditLines(ledger).map((line) => ({ at: line[0]!.at, ...of(state), doubt, ...creditOf(line) })),
  ...emails.map((email) => ({
    at: email.at ?? at,
    ...of(state),
    doubt,
    kind: 'email' as const,
    email: email.kind,
    to: email.to,
  })),
];

/** Both axes, if one of them has changed. */
export function stateEntry(
  state: PurchaseState,
  before: Standing,
  after: Standing,
  { at, doubt }: Worked,
): ForecastEntry[] {
  const isSame = before.billingStatus === after.billingStatus && before.accessStatus === after.accessStatus;
  return isSame ? [] : [{ at, ...of(state), doubt, kind: 'state', before, after }];
}

const of = ({ purchaseId }: PurchaseState) => ({ purchaseId });

type Kept<Kind> = Omit<Extract<ForecastEntry, { kind: Kind }>, 'at' | 'purchaseId' | 'doubt'>;

function lineOf({ type, data }: TimelineEntry): Kept<'charge'> | Kept<'event'> {
  const { amountMinor, currency, instalment, instalments } = data;
  if (type !== 'payment.succeeded' || typeof amountMinor !== 'number' || typeof currency !== 'string')
    return { kind: 'event', event: type };
  const nth = { instalment: numberOr(instalment), instalments: numberOr(instalments) };
  return { kind: 'charge', amountMinor, currency, ...nth };
}

const numberOr = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** Those of one kind, instant and expiry in one line. */
const creditLines = (ledger: CreditLine[]): CreditLine[][] => [
  ...Map.groupBy(ledger, ({ kind, at, expiresAt }) => `${at} ${kind} ${expiresAt}`).values(),
];

const creditOf = (lines: CreditLine[]): Kept<'credit'> => {
  const { kind: change, expiresAt } = lines[0]!;
  return { kind: 'credit', change, count: lines.length, expiresAt };
};
