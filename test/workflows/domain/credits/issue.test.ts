import { describe, expect, test } from '@jest/globals';
import { addMonths } from '../../../../workflows/domain/calendar.ts';
import { creditFigures } from '../../../../workflows/domain/credits/figures.ts';
import { nextDeadline, upcoming } from '../../../../workflows/domain/due.ts';
import { addDays, fromMs, toMs, type Instant } from '../../../../workflows/domain/instant.ts';
import { BIMONTHLY, CreditLife, SIX_AT_ONCE, YEARLY } from '../../../builders/credits.ts';
import { aFailure, MONTHLY, T0 } from '../../../builders/purchase.ts';

const days = (instants: Instant[]): string[] => instants.map((at) => at.slice(0, 10));
const figuresOf = ({ state }: CreditLife, now: Instant) => creditFigures(state, now);
const before = (at: Instant): Instant => fromMs(toMs(at) - 1);

describe('a monthly purchase from 31 January [R19.3]', () => {
  const life = new CreditLife().pay(0, 11);

  test('has one credit on the last days of January, March, May, July, September and November', () => {
    expect(days(life.instantsOf('issued'))).toEqual([
      '2027-01-31',
      '2027-03-31',
      '2027-05-31',
      '2027-07-31',
      '2027-09-30',
      '2027-11-30',
    ]);
    expect(life.emailsOf('credit-issued')).toHaveLength(6);
  });

  test('each ends a calendar year after its own issue, and the first on 31 January to the millisecond', () => {
    const expiresAt = '2028-01-31T09:00:00.000Z';

    expect(nextDeadline(new CreditLife().pay(0, 10).state)).not.toBeNull();
    expect(life.state.credits!.open.map((credit) => credit.expiresAt)).toEqual(
      life.instantsOf('issued').map((at) => addMonths(at, 12)),
    );
    expect(figuresOf(life, before(expiresAt))!.available).toBe(6);
    expect(figuresOf(life, expiresAt)!.available).toBe(5);
  });

  test('at the instant of the renewal the old one expires before the new one is issued', () => {
    const second = new CreditLife().pay(0, 12);

    const lines = second.ledger.slice(-2).map(({ kind, credit, at }) => [kind, credit, at]);

    expect(lines).toEqual([
      ['expired', 1, '2028-01-31T09:00:00.000Z'],
      ['issued', 7, '2028-01-31T09:00:00.000Z'],
    ]);
  });
});

describe('an annual purchase [R19.3]', () => {
  test('has six at the start and at each renewal, and nothing of the year before', () => {
    const life = new CreditLife({ rule: SIX_AT_ONCE, price: YEARLY }).pay(0, 2);

    expect(days(life.instantsOf('issued'))).toEqual([
      ...Array<string>(6).fill('2027-01-31'),
      ...Array<string>(6).fill('2028-01-31'),
      ...Array<string>(6).fill('2029-01-31'),
    ]);
    expect(life.instantsOf('expired')).toHaveLength(12);
    expect(life.emailsOf('credit-issued').map(({ data }) => data.count)).toEqual([6, 6, 6]);
    expect(figuresOf(life, life.at(2))).toEqual({
      perYear: 6,
      remainingThisYear: 6,
      available: 6,
      held: 0,
      nextIssueAt: '2030-01-31T09:00:00.000Z',
    });
  });

  test('from 29 February it renews on 28 February, and on the 29th in a leap year; each credit ends a year after its issue', () => {
    const life = new CreditLife({ rule: SIX_AT_ONCE, price: YEARLY, anchor: '2028-02-29T09:00:00.000Z' }).pay(0, 4);

    const ends = [...new Set(days(life.instantsOf('expired')))];

    expect(ends).toEqual(['2029-02-28', '2030-02-28', '2031-02-28', '2032-02-28']);
  });

  test('one every two months comes by itself within the year that is paid', () => {
    const life = new CreditLife({ price: YEARLY }).pay(0);

    expect(nextDeadline(life.state, true)).toMatchObject({ kind: 'refund-window-closes' });
    life.pass('2027-08-01T00:00:00.000Z');

    expect(days(life.instantsOf('issued'))).toEqual(['2027-01-31', '2027-03-31', '2027-05-31', '2027-07-31']);
  });
});

test('six at once of a monthly offer come at the anchor and at each anniversary [R27.1]', () => {
  const life = new CreditLife({ rule: SIX_AT_ONCE }).pay(0, 13);

  expect(days(life.instantsOf('issued'))).toEqual([
    ...Array<string>(6).fill('2027-01-31'),
    ...Array<string>(6).fill('2028-01-31'),
  ]);
});

describe('a period that is not paid', () => {
  const march = '2027-03-31T09:00:00.000Z';
  const open = (life: CreditLife) => {
    const failure = aFailure({
      ...life.invoice(2),
      status: 'open',
      trouble: 'failed',
      paidAt: null,
      nextTryAt: addDays(march, 3),
    });
    return life.pay(0, 1).hear(march, failure, life.subscription(2, { status: 'past_due' }));
  };

  test('issues nothing, and is no deadline: the payment issues it with its original date [R27.1]', () => {
    const life = open(new CreditLife());

    expect(life.instantsOf('issued')).toHaveLength(1);
    expect(upcoming(life.state, march).map(({ kind }) => kind)).toContain('credit-issue');
    expect(figuresOf(life, march)).toMatchObject({ available: 1, remainingThisYear: 6, nextIssueAt: life.at(4) });
    life.pass(addDays(march, 2));
    expect(life.instantsOf('issued')).toHaveLength(1);

    const paidAt = addDays(march, 5);
    life.hear(paidAt, life.invoice(2, { paidAt }));

    expect(life.ledger.at(-1)).toMatchObject({ kind: 'issued', at: march, expiresAt: addMonths(march, 12) });
  });

  test('paid after more than its validity it is issued and expired in one record, and nobody is warned', () => {
    const life = open(new CreditLife({ rule: { ...BIMONTHLY, validMonths: 1 } }));
    const paidAt = addDays(march, 40);
    const earlier = life.ledger.length;

    life.hear(paidAt, life.invoice(2, { paidAt }));

    expect(life.ledger.slice(earlier).map(({ kind, at }) => [kind, at.slice(0, 10)])).toEqual([
      ['issued', '2027-03-31'],
      ['expired', '2027-04-30'],
    ]);
    expect(
      life.emailsOf('credits-expiring').filter(({ data }) => data.expiresAt === '2027-04-30T09:00:00.000Z'),
    ).toEqual([]);
  });

  test('in a pause it is never made up for, and the year has less', () => {
    const life = new CreditLife().pay(0, 1);
    life.hear(addDays(life.at(1), 3), life.subscription(1, { pause: { resumesAt: null } }));
    for (const n of [2, 3, 4]) life.hear(life.at(n), life.subscription(n, { pause: { resumesAt: null } }));
    life.hear(addDays(life.at(4), 3), life.subscription(4));
    life.pay(5, 6);

    expect(days(life.instantsOf('issued'))).toEqual(['2027-01-31', '2027-07-31']);
    expect(figuresOf(life, life.at(6))).toMatchObject({ remainingThisYear: 4, available: 2, nextIssueAt: life.at(8) });
  });
});

describe('a trial [R27.1]', () => {
  const price = { ...MONTHLY, trialDays: 14, setupFeeMinor: 900 };
  const trialEndsAt = addDays(T0, 14);
  const trial = { periodStart: T0, periodEnd: trialEndsAt };

  test('gives none, whatever its fee; the first payment of the price begins the year', () => {
    const life = new CreditLife({ price });
    const fee = life.invoice(0, { ...trial, amountPaidMinor: 900 });
    life.hear(T0, fee, life.subscription(0, { status: 'trialing', trialEndsAt, ...trial }));

    expect(life.ledger).toEqual([]);
    expect(figuresOf(life, T0)).toMatchObject({ available: 0, remainingThisYear: 6, nextIssueAt: trialEndsAt });

    const period = { periodStart: trialEndsAt, periodEnd: addMonths(trialEndsAt, 1) };
    const paid = life.invoice(1, { ...period, paidAt: trialEndsAt });
    life.hear(trialEndsAt, paid, life.subscription(1, { ...period, trialEndsAt }));

    expect(life.instantsOf('issued')).toEqual([trialEndsAt]);
  });

  test('that ends while paused begins the year with the first charge after the pause, and is due then', () => {
    const life = new CreditLife({ price });
    const heard = (resumesAt: Instant | null) =>
      life.subscription(0, { status: 'trialing', trialEndsAt, ...trial, pause: { resumesAt } });
    life.hear(T0, heard(addDays(trialEndsAt, 40)));
    const chargedAt = addMonths(trialEndsAt, 2);

    expect(figuresOf(life, T0)).toMatchObject({ nextIssueAt: chargedAt });

    const period = { periodStart: trialEndsAt, periodEnd: addMonths(trialEndsAt, 1) };
    const pause = { resumesAt: addDays(trialEndsAt, 40) };
    life.hear(trialEndsAt, life.subscription(1, { ...period, trialEndsAt, pause }));
    expect(figuresOf(life, trialEndsAt)).toMatchObject({ nextIssueAt: chargedAt });
  });

  test('an invoice settled at zero counts as paid', () => {
    const life = new CreditLife().pay(0, 1);
    life.hear(life.at(2), life.invoice(2, { amountDueMinor: 0, amountPaidMinor: 0 }), life.subscription(2));

    expect(days(life.instantsOf('issued'))).toEqual(['2027-01-31', '2027-03-31']);
  });
});
