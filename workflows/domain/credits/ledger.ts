import { addMonths } from '../calendar.ts';
import { earliest, latest, type Instant } from '../instant.ts';
import { yearAt } from './rule.ts';

/** How a credit ends, each exactly once [R19.4]. */
const CREDIT_ENDS = ['spent', 'expired', 'forfeited'] as const;
type CreditEnd = (typeof CREDIT_ENDS)[number];

export const CREDIT_ENTRY_KINDS = ['issued', 'redeemed', 'returned', ...CREDIT_ENDS] as const;
export type CreditEntryKind = (typeof CREDIT_ENTRY_KINDS)[number];

/** One line of the ledger, which is only ever added to. */
export type CreditEntry = {
  /** The credit's number in its purchase, the first being 1. */
  credit: number;
  kind: CreditEntryKind;
  /** As of when it holds, however late it is recorded [R1.5]. */
  at: Instant;
  /** On `issued`, and on what is returned with a later expiry; else null. */
  expiresAt: Instant | null;
  /** The call for which it was held, returned or spent; else null. */
  callId: string | null;
};

/** As it is recorded, with the command that asked for it; null = it follows by itself. */
export type CreditLine = CreditEntry & { commandId: string | null };

/** A credit that has not ended; `heldBy`: the call that it was redeemed for. */
export type OpenCredit = { id: number; issuedAt: Instant; expiresAt: Instant; heldBy: string | null };

/** Time that is paid for: [from, until); null = without end. */
export type PaidSpan = { from: Instant; until: Instant | null };

/** What a purchase keeps of its credits: those that are open, and where its rule stands. */
export type Credits = {
  /** From which its years are counted; null = the first period is not known to be paid. */
  anchor: Instant | null;
  /** The time that is paid for, as far as credits may still be issued in it. */
  paid: PaidSpan[];
  /** The number of the rule's next credit; what is before it was issued, or is passed over. */
  next: number;
  /** Numbers that came due in a time that was not paid; a late payment still issues them. */
  passedOver: number[];
  /** How many credits there ever were, which numbers them. */
  issued: number;
  open: OpenCredit[];
  /** Its year as of the last entry; `yearOf` says which one runs. */
  year: CreditYear;
  /** Warnings of an expiry that were due before it have been given, or are too late. */
  warnFrom: Instant | null;
};

/**
 * How many the rule has issued in a year, and how many of its calls are gone: used, or never to
 * come. What was issued by hand is taken off that, so it may be below zero.
 */
export type CreditYear = { startsAt: Instant; issued: number; gone: number };

/** What happens to credits: those that follow, and what is added to the ledger. */
export type CreditMove = { credits: Credits; entries: CreditEntry[] };

export const noCredits = (at: Instant): Credits => ({
  anchor: null,
  paid: [],
  next: 0,
  passedOver: [],
  issued: 0,
  open: [],
  year: { startsAt: at, issued: 0, gone: 0 },
  warnFrom: null,
});

/** The year that runs at `at`, a new one with nothing issued in it. */
export function yearOf({ anchor, year }: Credits, at: Instant): CreditYear {
  const startsAt = anchor === null ? year.startsAt : addMonths(anchor, 12 * yearAt(anchor, at));
  return startsAt > year.startsAt ? { startsAt, issued: 0, gone: 0 } : year;
}

/** As the API names a credit. */
export const creditIdOf = (purchaseId: string, credit: number): string => `${purchaseId}:${credit}`;

/** Those that no call holds. */
export const unheld = ({ open }: Credits): OpenCredit[] => open.filter(({ heldBy }) => heldBy === null);

/** Those that can be redeemed at `at`, the one nearest its expiry first [R19.4]. */
export const availableAt = (credits: Credits, at: Instant): OpenCredit[] =>
  unheld(credits)
    .filter(({ expiresAt }) => at < expiresAt)
    .sort(byExpiry);

const byExpiry = (a: OpenCredit, b: OpenCredit): number =>
  a.expiresAt === b.expiresAt ? a.id - b.id : a.expiresAt < b.expiresAt ? -1 : 1;

/** When the next credit is over that nobody holds; null = none will be. */
export const nextExpiryAt = (credits: Credits): Instant | null =>
  earliest(...unheld(credits).map(({ expiresAt }) => expiresAt));

/** The credit that a call holds; null = none. */
export const heldFor = ({ open }: Credits, callId: string): OpenCredit | null =>
  open.find(({ heldBy }) => heldBy === callId) ?? null;

/** Holds the credit nearest its expiry for a call; null = none is available. */
export function redeem(credits: Credits, callId: string, at: Instant): CreditMove | null {
  const [credit] = availableAt(credits, at);
  if (!credit) return null;
  return {
    credits: withOpen(credits, { ...credit, heldBy: callId }),
    entries: [entryOf(credit, 'redeemed', at, { callId })],
  };
}

/**
 * Gives the credit of a canceled call back, with its old expiry or, where the expert canceled it, a
 * later one. Whatever has expired meanwhile is `expired` at once [R19.4, R19.5].
 */
export function returnCredit(
  credits: Credits,
  callId: string,
  at: Instant,
  validUntilAtLeast: Instant | null = null,
): CreditMove {
  const credit = heldFor(credits, callId);
  if (!credit) return nothing(credits);
  const isLonger = validUntilAtLeast !== null && validUntilAtLeast > credit.expiresAt;
  const expiresAt = isLonger ? validUntilAtLeast : credit.expiresAt;
  const returned = { ...credit, expiresAt, heldBy: null };
  const entry = entryOf(credit, 'returned', at, { callId, expiresAt: isLonger ? expiresAt : null });
  const warned = { ...credits, warnFrom: latest(credits.warnFrom ?? at, at) };
  if (at < expiresAt) return { credits: withOpen(warned, returned), entries: [entry] };
  return after({ credits: warned, entries: [entry] }, (now) => ended(now, returned, 'expired', at));
}

/** The call was held, missed, or canceled too late: its credit is gone [R19.5]. */
export function spend(credits: Credits, callId: string, at: Instant): CreditMove {
  const credit = heldFor(credits, callId);
  return credit ? ended(credits, credit, 'spent', at) : nothing(credits);
}

/**
 * Billing has ended, or the new offer gives no credits: none is left. One that is held for a call
 * is spent, since its call is canceled with it [R19.4].
 */
export const forfeitAll = (credits: Credits, at: Instant): CreditMove =>
  credits.open.reduce<CreditMove>(
    (all, credit) => after(all, (now) => ended(now, credit, credit.heldBy === null ? 'forfeited' : 'spent', at)),
    nothing(credits),
  );

/** What nobody holds and is over at `at`, each as of its own instant. */
export const expire = (credits: Credits, at: Instant): CreditMove =>
  unheld(credits)
    .filter(({ expiresAt }) => expiresAt <= at)
    .sort(byExpiry)
    .reduce<CreditMove>(
      (all, credit) => after(all, (now) => ended(now, credit, 'expired', credit.expiresAt)),
      nothing(credits),
    );

/** One more credit. */
export function issue(credits: Credits, at: Instant, expiresAt: Instant): CreditMove {
  const id = credits.issued + 1;
  const credit: OpenCredit = { id, issuedAt: at, expiresAt, heldBy: null };
  return {
    credits: { ...credits, issued: id, open: [...credits.open, credit] },
    entries: [entryOf(credit, 'issued', at, { expiresAt })],
  };
}

/** So many may be open at once: two years of an offer that gives the most there is. */
export const MOST_OPEN = 120;

/** Beside those of the rule: the year that runs has so many more, and no warning is made up for. */
export function issueByHand(credits: Credits, count: number, at: Instant, expiresAt: Instant): CreditMove {
  const issued = Array.from({ length: count }).reduce<CreditMove>(
    (all) => after(all, (now) => issue(now, at, expiresAt)),
    nothing(credits),
  );
  const year = yearOf(credits, at);
  return {
    ...issued,
    credits: {
      ...issued.credits,
      year: { ...year, gone: year.gone - count },
      warnFrom: latest(credits.warnFrom ?? at, at),
    },
  };
}

/** These are over by somebody's decision. */
export const forfeit = (credits: Credits, named: OpenCredit[], at: Instant): CreditMove =>
  named.reduce<CreditMove>((all, credit) => after(all, (now) => ended(now, credit, 'forfeited', at)), nothing(credits));

/** One move, and another from where it leads. */
export function after(first: CreditMove, then: (credits: Credits) => CreditMove): CreditMove {
  const { credits, entries } = then(first.credits);
  return { credits, entries: [...first.entries, ...entries] };
}

export const nothing = (credits: Credits): CreditMove => ({ credits, entries: [] });

/** What ends cannot end before it was issued, however late its cause was heard of. */
function ended(credits: Credits, credit: OpenCredit, kind: CreditEnd, endedAt: Instant): CreditMove {
  const at = latest(credit.issuedAt, endedAt);
  const year = yearOf(credits, at);
  // What expires in a year later than its own takes nothing from that year.
  const counts = kind === 'expired' ? credit.issuedAt >= year.startsAt : at >= year.startsAt;
  return {
    credits: {
      ...credits,
      open: credits.open.filter(({ id }) => id !== credit.id),
      year: counts ? { ...year, gone: year.gone + 1 } : year,
    },
    entries: [entryOf(credit, kind, at, { callId: credit.heldBy })],
  };
}

const withOpen = (credits: Credits, credit: OpenCredit): Credits => ({
  ...credits,
  open: credits.open.map((one) => (one.id === credit.id ? credit : one)),
});

type Details = { expiresAt?: Instant | null; callId?: string | null };

const entryOf = (
  { id }: OpenCredit,
  kind: CreditEntryKind,
  at: Instant,
  { expiresAt = null, callId = null }: Details,
): CreditEntry => ({ credit: id, kind, at, expiresAt, callId });
