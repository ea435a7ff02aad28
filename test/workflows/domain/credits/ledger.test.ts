import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { creditsAsOf } from '../../../../workflows/domain/credits/balance.ts';
import {
  availableAt,
  noCredits,
  redeem,
  returnCredit,
  spend,
  type CreditEntry,
  type CreditMove,
  type Credits,
} from '../../../../workflows/domain/credits/ledger.ts';
import type { CreditRule } from '../../../../workflows/domain/credits/rule.ts';
import { addDays, type Instant } from '../../../../workflows/domain/instant.ts';
import { CreditLife, YEARLY } from '../../../builders/credits.ts';
import { MONTHLY, T0 } from '../../../builders/purchase.ts';

const ENDS = ['spent', 'expired', 'forfeited'];
const END = addDays(T0, 1100);

const aRule: fc.Arbitrary<CreditRule> = fc
  .record({
    issue: fc.oneof(
      fc.constant('period_start' as const),
      fc.integer({ min: 1, max: 4 }).map((everyMonths) => ({ everyMonths })),
    ),
    perYear: fc.integer({ min: 1, max: 6 }),
    validMonths: fc.integer({ min: 1, max: 24 }),
  })
  .map(({ issue, perYear, validMonths }) => ({
    perYear: issue === 'period_start' ? perYear : Math.min(perYear, Math.floor(12 / issue.everyMonths)),
    issue,
    validMonths,
    callMinutes: 45,
  }));

const DEEDS = ['look', 'hold', 'return', 'lengthen', 'spend', 'issue-credit', 'forfeit-credit'] as const;
type Step = { day: number; deed: (typeof DEEDS)[number] };
const someSteps = fc.array(fc.record({ day: fc.integer({ min: 0, max: 1000 }), deed: fc.constantFrom(...DEEDS) }), {
  maxLength: 25,
});

const aLife = fc.record({
  rule: aRule,
  price: fc.constantFrom(MONTHLY, YEARLY),
  /** By how many days each period is paid late; null = never. */
  lateness: fc.array(fc.option(fc.integer({ min: 0, max: 45 }), { freq: 8 }), { minLength: 1, maxLength: 30 }),
  steps: someSteps,
  endsOn: fc.option(fc.integer({ min: 400, max: 1000 })),
});
type Life = typeof aLife extends fc.Arbitrary<infer T> ? T : never;

/** Its payments and deeds, each on its day, to the end; `looks`: days of nothing. */
function live({ rule, price, lateness, steps, endsOn }: Life, looks: number[] = []): CreditLife {
  const life = new CreditLife({ rule, price });
  const payments = lateness.flatMap((late, n) => {
    const days = n === 0 ? 0 : late;
    return days === null ? [] : [{ at: addDays(life.at(n), days), act: (at: Instant) => paid(life, n, at) }];
  });
  const deeds = steps.map(({ day, deed }) => ({ at: addDays(T0, day), act: (at: Instant) => does(life, deed, at) }));
  const idle = looks.map((day) => ({ at: addDays(T0, day), act: () => undefined }));
  const end = endsOn === null ? [] : [{ at: addDays(T0, endsOn), act: (at: Instant) => life.ask(at, 'cancel', NOW) }];
  const all = [...payments, ...deeds, ...idle].filter(({ at }) => at < (end[0]?.at ?? END));
  for (const { at, act } of [...all, ...end].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))) {
    life.pass(at);
    act(at);
  }
  return life.pass(END);
}

const NOW = { when: 'now', cancelAt: null };
const paid = (life: CreditLife, n: number, paidAt: Instant) =>
  life.hear(paidAt, life.invoice(n, { paidAt }), life.subscription(n));

function does(life: CreditLife, deed: Step['deed'], at: Instant): void {
  const { credits, purchaseId } = life.state;
  if (!credits) return;
  const held = credits.open.find(({ heldBy }) => heldBy !== null)?.heldBy ?? '';
  if (deed === 'issue-credit') return void life.ask(at, deed, { count: 1, expiresAt: null, hasReason: true });
  if (deed === 'forfeit-credit') {
    const creditIds = availableAt(credits, at).map(({ id }) => `${purchaseId}:${id}`);
    return void life.ask(at, deed, { creditIds: creditIds.slice(0, 1), hasReason: true });
  }
  if (deed === 'hold') return move(life, redeem(credits, `call-${life.ledger.length}`, at));
  if (deed === 'spend') return move(life, spend(credits, held, at));
  if (deed === 'return') return move(life, returnCredit(credits, held, at));
  if (deed === 'lengthen') return move(life, returnCredit(credits, held, at, addDays(at, 30)));
}

function move(life: CreditLife, moved: CreditMove | null): void {
  if (!moved) return;
  life.state = { ...life.state, credits: moved.credits };
  life.ledger.push(...moved.entries.map((entry) => ({ ...entry, commandId: null })));
}

const ofCredit = (ledger: readonly CreditEntry[]) => [...Map.groupBy(ledger, ({ credit }) => credit).values()];

/** Each credit is issued first, ends at most once, and nothing comes after its end. */
function endsOnce(ledger: CreditEntry[]): void {
  for (const entries of ofCredit(ledger)) {
    const kinds = entries.map(({ kind }) => kind);
    expect([kinds.indexOf('issued'), kinds.lastIndexOf('issued')]).toEqual([0, 0]);
    expect([-1, kinds.length - 1]).toContain(kinds.findIndex((kind) => ENDS.includes(kind)));
  }
}

/** What was issued is what has ended and what is open, and the balance is never below zero. */
function addsUp(ledger: CreditEntry[], { open, issued }: Pick<Credits, 'open' | 'issued'>): void {
  const count = (...kinds: string[]) => ledger.filter(({ kind }) => kinds.includes(kind)).length;
  expect(count('issued')).toBe(count(...ENDS) + open.length);
  expect(count('issued')).toBe(issued);
  const held = new Set<number>();
  let balance = 0;
  for (const { kind, credit } of ledger) {
    if (kind === 'issued' || kind === 'returned') balance += 1;
    else if (!held.has(credit)) balance -= 1;
    held[kind === 'redeemed' ? 'add' : 'delete'](credit);
    expect(balance).toBeGreaterThanOrEqual(0);
  }
  expect(balance).toBe(open.filter(({ heldBy }) => heldBy === null).length);
}

/** A fold over it says of each credit what the state says. */
function foldsTo(ledger: CreditEntry[], { open }: Pick<Credits, 'open'>): void {
  const folded = creditsAsOf(ledger, END).filter((credit) => !ENDS.includes(credit.state));
  const said = open.map(({ id, issuedAt, expiresAt, heldBy }) => {
    return { credit: id, issuedAt, expiresAt, state: heldBy === null ? 'available' : 'held' };
  });
  expect(folded.sort((a, b) => a.credit - b.credit)).toEqual(said.sort((a, b) => a.credit - b.credit));
}

describe('the ledger of whatever happens to a purchase [R19.4]', () => {
  test('each credit ends once, all of them add up, never below zero, and a fold over it is the state', () => {
    fc.assert(
      fc.property(aLife, (given) => {
        const { ledger, state } = live(given);
        const credits = state.credits ?? noCredits(T0);
        endsOnce(ledger);
        addsUp(ledger, credits);
        foldsTo(ledger, credits);
      }),
    );
  });

  test('looking more often changes nothing: one run is as two', () => {
    fc.assert(
      fc.property(aLife, fc.array(fc.integer({ min: 0, max: 1100 }), { maxLength: 12 }), (given, looks) => {
        const [once, often] = [live(given), live(given, looks)];
        expect(often.ledger).toEqual(once.ledger);
        expect(often.state.credits).toEqual(once.state.credits);
        expect(often.emails.map(({ kind, at, data }) => [kind, at, data])).toEqual(
          once.emails.map(({ kind, at, data }) => [kind, at, data]),
        );
      }),
      { numRuns: 50 },
    );
  });
});

test('whatever the order in which payments are heard of, the same credits come and go', () => {
  const paidPeriods = fc.uniqueArray(fc.integer({ min: 1, max: 24 }), { maxLength: 12 });
  const orders = paidPeriods.chain((periods) =>
    fc.tuple(fc.constant(periods), fc.shuffledSubarray(periods, { minLength: periods.length })),
  );
  const heardIn = (rule: CreditRule, periods: number[]) => {
    const life = new CreditLife({ rule }).pay(0);
    for (const n of periods) life.hear(life.at(25), life.invoice(n));
    life.pass(life.at(25));
    const { open = [], issued, year } = life.state.credits!;
    return {
      ledger: life.ledger.map(({ kind, at, expiresAt }) => `${at} ${kind} ${expiresAt}`).sort(),
      open: open.map(({ issuedAt, expiresAt }) => `${issuedAt} ${expiresAt}`).sort(),
      issued,
      year,
    };
  };
  fc.assert(
    fc.property(aRule, orders, (rule, [first, other]) => {
      expect(heardIn(rule, other)).toEqual(heardIn(rule, first));
    }),
  );
});
