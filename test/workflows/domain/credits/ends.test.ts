import { describe, expect, test } from '@jest/globals';
import { creditFigures } from '../../../../workflows/domain/credits/figures.ts';
import { redeem, returnCredit, spend } from '../../../../workflows/domain/credits/ledger.ts';
import { nextDeadline, upcoming } from '../../../../workflows/domain/due.ts';
import { addDays, fromMs, toMs, type Instant } from '../../../../workflows/domain/instant.ts';
import { CreditLife, SIX_AT_ONCE, YEARLY } from '../../../builders/credits.ts';
import { anEnd, anInvoice, T0 } from '../../../builders/purchase.ts';

const aYear = () => new CreditLife({ rule: SIX_AT_ONCE, price: YEARLY }).pay(0);
const credits = (life: CreditLife) => life.state.credits!;
const EXPIRY = '2028-01-31T09:00:00.000Z';
const lastMs = fromMs(toMs(EXPIRY) - 1);

/** Holds a credit for a call. */
function hold(life: CreditLife, callId: string, at: Instant): CreditLife {
  life.state = { ...life.state, credits: redeem(credits(life), callId, at)!.credits };
  return life;
}

test('what a pending cancellation forfeits first is not listed as expiring [R23.1]', () => {
  const life = aYear();
  const listed = () => upcoming(life.state, lastMs).filter(({ kind }) => kind.startsWith('credit-e'));
  expect(listed()).toMatchObject([{ kind: 'credit-expiry', at: EXPIRY }]);

  life.hear(life.at(1), life.subscription(0, { cancelAt: EXPIRY }));

  expect(listed()).toEqual([]);
});

describe('a credit is held, returned and spent [R19.4]', () => {
  test('the one nearest its expiry goes first', () => {
    const life = new CreditLife().pay(0, 4);
    const [first] = credits(life).open;

    const moved = redeem({ ...credits(life), open: [...credits(life).open].reverse() }, 'call-1', life.at(4))!;

    expect(moved.entries).toEqual([
      { credit: first!.id, kind: 'redeemed', at: life.at(4), expiresAt: null, callId: 'call-1' },
    ]);
  });

  test('it can be redeemed in the last millisecond, and not at the instant of its expiry', () => {
    const life = new CreditLife().pay(0);

    expect(redeem(credits(life), 'call-1', lastMs)).not.toBeNull();
    expect(redeem(credits(life), 'call-1', EXPIRY)).toBeNull();
  });

  test('returned it keeps its expiry; after that it is expired at once', () => {
    const held = credits(hold(aYear(), 'call-1', T0));

    expect(returnCredit(held, 'call-1', lastMs).entries.map(({ kind }) => kind)).toEqual(['returned']);
    expect(returnCredit(held, 'call-1', EXPIRY).entries.map(({ kind, at }) => [kind, at])).toEqual([
      ['returned', EXPIRY],
      ['expired', EXPIRY],
    ]);
  });

  test('returned by the expert it is valid for longer, and never for less', () => {
    const held = credits(hold(aYear(), 'call-1', T0));
    const later = addDays(EXPIRY, 25);

    const lengthened = returnCredit(held, 'call-1', addDays(EXPIRY, -5), later);
    const kept = returnCredit(held, 'call-1', T0, addDays(T0, 30));

    expect(lengthened.entries).toMatchObject([{ kind: 'returned', expiresAt: later }]);
    expect(lengthened.credits.open.find(({ id }) => id === 1)).toMatchObject({ expiresAt: later, heldBy: null });
    expect(kept.entries).toMatchObject([{ kind: 'returned', expiresAt: null }]);
  });

  test('held it does not expire, and is spent with its call', () => {
    const life = hold(new CreditLife().pay(0), 'call-1', lastMs);

    life.pass(addDays(EXPIRY, 3));
    const spent = spend(credits(life), 'call-1', addDays(EXPIRY, 3));

    expect(life.instantsOf('expired')).toEqual([]);
    expect(spent.entries).toMatchObject([{ credit: 1, kind: 'spent', callId: 'call-1' }]);
    expect(spent.credits.open).toEqual([]);
  });
});

describe('the figures of a year [R20.5]', () => {
  test('what is held or spent in it is taken off, and a new year begins with all', () => {
    const life = hold(new CreditLife().pay(0, 11), 'call-1', T0);
    const held = creditFigures(life.state, life.at(11));
    life.state = { ...life.state, credits: spend(credits(life), 'call-1', life.at(11)).credits };

    expect(held).toMatchObject({ remainingThisYear: 5, available: 5, held: 1 });
    expect(creditFigures(life.state, life.at(11))).toMatchObject({ remainingThisYear: 5, available: 5, held: 0 });
    expect(creditFigures(life.state, life.at(12))).toMatchObject({ remainingThisYear: 6, available: 5 });
  });
});

describe('warnings', () => {
  test('come 30, 7 and 1 days before, once for all that expire together', () => {
    const life = aYear().pass(lastMs);

    expect(life.emailsOf('credits-expiring').map(({ data, at }) => [data, at])).toEqual(
      [30, 7, 1].map((days) => [{ count: 6, days, expiresAt: EXPIRY }, addDays(EXPIRY, -days)]),
    );
  });

  test('are not made up for where a credit was held meanwhile', () => {
    const life = hold(new CreditLife().pay(0), 'call-1', T0);
    const at = addDays(EXPIRY, -20);
    life.pass(at);
    life.state = { ...life.state, credits: returnCredit(credits(life), 'call-1', at).credits };

    life.pass(lastMs);

    expect(life.emailsOf('credits-expiring').map(({ data }) => data.days)).toEqual([7, 1]);
  });
});

describe('with the end of billing all are forfeited [R27.1]', () => {
  test('cancel now: what is unused is forfeited, and what a call holds is spent', () => {
    const at = addDays(T0, 40);
    const life = hold(aYear(), 'call-1', T0);
    life.hear(at, life.subscription(0, { status: 'canceled', endedAt: at }));

    expect(life.instantsOf('forfeited')).toEqual(Array(5).fill(at));
    expect(life.instantsOf('spent')).toEqual([at]);
    expect(life.emailsOf('credits-forfeited').map(({ data }) => data)).toEqual([{ count: 5 }]);
    expect(creditFigures(life.state, at)).toEqual({
      perYear: 6,
      remainingThisYear: 0,
      available: 0,
      held: 0,
      nextIssueAt: null,
    });
    expect(nextDeadline(life.state)?.kind).not.toBe('credit-issue');
  });

  test('also where access goes on after the last attempt', () => {
    const life = aYear();
    const ended = anEnd({ cause: 'delinquent', endsAccess: false, at: addDays(T0, 40) });
    life.state = { ...life.state, billing: { ...life.state.billing, ended } as never };

    life.hear(addDays(T0, 41), anInvoice({ invoiceId: 'in_late', amountPaidMinor: 100, reason: 'other' }));

    expect(life.instantsOf('forfeited')).toEqual(Array(6).fill(addDays(T0, 40)));
  });

  test('a block on access takes none and stops no clock', () => {
    const life = aYear().ask(addDays(T0, 1), 'revoke', { productIds: null });

    expect(life.instantsOf('forfeited')).toEqual([]);
    expect(life.pass(EXPIRY).instantsOf('expired')).toHaveLength(6);
    expect(life.emailsOf('credits-expiring')).toEqual([]);
  });
});
