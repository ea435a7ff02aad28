import { describe, expect, test } from '@jest/globals';
import { applyFact } from '../../../../workflows/domain/apply-fact.ts';
import { creditFigures } from '../../../../workflows/domain/credits/figures.ts';
import type { CreditEntry } from '../../../../workflows/domain/credits/ledger.ts';
import type { CreditRule } from '../../../../workflows/domain/credits/rule.ts';
import { addDays, type Instant } from '../../../../workflows/domain/instant.ts';
import type { Price } from '../../../../workflows/domain/price.ts';
import { plan } from '../../../../workflows/verbs/plan.ts';
import { preview } from '../../../../workflows/verbs/preview.ts';
import { BIMONTHLY, CreditLife, SIX_AT_ONCE, YEARLY } from '../../../builders/credits.ts';
import { month } from '../../../builders/plan.ts';
import {
  aCheckout,
  aCheckoutOfOnce,
  aSale,
  askedBy,
  contextAt,
  event,
  GOLD,
  MONTHLY,
  T0,
} from '../../../builders/purchase.ts';
import { becoming } from '../../verbs/offer-change-plans.ts';

const lines = (ledger: CreditEntry[]) => ledger.map(({ kind, at }) => `${at.slice(0, 10)} ${kind}`);
const sold = (credits: CreditRule | null, price: Price = MONTHLY) => ({ ...GOLD, price, credits });

/** The purchase changes its offer at `at`, and what that does to its credits. */
function change(life: CreditLife, to: ReturnType<typeof sold>, at: Instant) {
  const input = becoming(to, { asOf: at });
  const { next, follows } = plan('change-offer', life.state, input, askedBy(at));
  const { credits } = preview('change-offer', life.state, input, askedBy(at));
  life.state = next;
  life.ledger.push(...follows.ledger);
  return { ledger: lines(follows.ledger), emails: follows.emails.map(({ kind }) => kind), preview: credits };
}

describe('a change of offer [R19.3, R27.3]', () => {
  const at = '2027-04-10T12:00:00.000Z';

  test('monthly to annual: at once six minus those issued this year, the next six a year later', () => {
    const life = new CreditLife().pay(0, 2);

    const { ledger, emails, preview: said } = change(life, sold(SIX_AT_ONCE, YEARLY), at);

    expect(ledger).toEqual(Array(4).fill('2027-04-10 issued'));
    expect(emails).toEqual(['credit-issued']);
    expect(said?.after).toEqual({
      perYear: 6,
      remainingThisYear: 6,
      available: 6,
      held: 0,
      nextIssueAt: '2028-04-10T12:00:00.000Z',
    });
    expect(said?.entries).toHaveLength(4);
  });

  test('annual to monthly: the next one comes at the year’s end', () => {
    const life = new CreditLife({ rule: SIX_AT_ONCE, price: YEARLY }).pay(0);

    const { ledger, preview: said } = change(life, sold(BIMONTHLY), at);

    expect(ledger).toEqual([]);
    expect(said?.after).toMatchObject({ available: 6, remainingThisYear: 6, nextIssueAt: '2028-01-31T09:00:00.000Z' });
  });

  test('of the same interval: the rule runs on from the same anchor, and never beyond its number a year', () => {
    const life = new CreditLife().pay(0, 2);

    const { preview: said } = change(life, sold({ ...BIMONTHLY, perYear: 12, issue: { everyMonths: 1 } }), at);

    expect(said?.after).toMatchObject({ perYear: 12, available: 2, remainingThisYear: 11, nextIssueAt: month(3) });
  });

  test('to one that gives none: open ones are forfeited at that instant', () => {
    const life = new CreditLife().pay(0, 2);

    const { ledger, emails, preview: said } = change(life, sold(null), at);

    expect(ledger).toEqual(['2027-04-10 forfeited', '2027-04-10 forfeited']);
    expect(emails).toEqual(['credits-forfeited']);
    expect(said?.after).toBeNull();
    expect(life.state.credits).toBeUndefined();
  });

  test('from one that gives none: its years begin with the change', () => {
    const life = new CreditLife().pay(0, 2);
    life.state = { ...life.state, credits: undefined, terms: { ...life.state.terms, credits: null } };

    const { ledger, preview: said } = change(life, sold(BIMONTHLY), at);

    expect(ledger).toEqual(['2027-04-10 issued']);
    expect(said).toMatchObject({ before: null, after: { nextIssueAt: '2027-06-10T12:00:00.000Z' } });
  });

  test('scheduled: what is next is by the offer of that time', () => {
    const life = new CreditLife().pay(0, 1);
    const input = { ...becoming(sold(null)), when: 'period_end' };

    life.state = plan('change-offer', life.state, input, askedBy(addDays(life.at(1), 3))).next;

    expect(creditFigures(life.state, life.at(1))).toMatchObject({ available: 1, nextIssueAt: null });
  });
});

test('annual to monthly with the year: its renewal issues by the month, however the two are heard [R19.3]', () => {
  const life = new CreditLife({ rule: SIX_AT_ONCE, price: YEARLY }).pay(0);
  const input = { ...becoming(sold(BIMONTHLY)), when: 'period_end' };
  life.state = plan('change-offer', life.state, input, askedBy(addDays(T0, 3))).next;

  // The invoice of the new period is heard before the change of the subscription.
  life.hear(month(12), life.invoice(1, { periodEnd: month(13) }));

  expect(life.instantsOf('issued')).toEqual(Array(6).fill(T0));
  expect(creditFigures(life.state, month(12))).toMatchObject({ available: 0, nextIssueAt: month(12) });
});

describe('what gives one year of credits [R27.1]', () => {
  const year = (life: CreditLife) => life.pass('2030-01-01T00:00:00.000Z').instantsOf('issued');

  test('a payment at once', () => {
    const life = new CreditLife();
    life.state = aCheckoutOfOnce({ credits: BIMONTHLY });
    life.hear(T0, aSale());

    expect(year(life)).toEqual([0, 2, 4, 6, 8, 10].map(month));
    expect(creditFigures(life.state, month(12))).toMatchObject({ remainingThisYear: 0, nextIssueAt: null });
  });

  test('a payment plan, whose completion forfeits nothing and ends no year', () => {
    const price = { kind: 'payment_plan', amountMinor: 4900, currency: 'usd', instalments: 3 } as const;
    const life = new CreditLife({ price }).pay(0, 2);

    expect(life.state.billing).toMatchObject({ ended: { cause: 'completed' } });
    expect(year(life)).toEqual([0, 2, 4, 6, 8, 10].map(month));
    expect(life.instantsOf('forfeited')).toEqual([]);
  });
});

test('a grant gives credits from the grant on, year for year, until its access is over', () => {
  const life = new CreditLife({ rule: SIX_AT_ONCE });
  life.state = aCheckout({ price: { kind: 'free' }, credits: SIX_AT_ONCE, accessDays: 800 });

  life.ask(T0, 'take-free').pass('2031-01-01T00:00:00.000Z');

  expect([...new Set(life.instantsOf('issued'))]).toEqual([month(0), month(12), month(24)]);
});

test('a second purchase of what is live gives none', () => {
  const life = new CreditLife();
  const fact = event(life.invoice(0), T0);
  const paid = applyFact(life.state, fact, contextAt(T0));
  const begun = paid.kind === 'changed' ? paid.change.next : life.state;

  const outcome = applyFact(begun, event(life.subscription(0), T0), contextAt(T0, { duplicateOf: 'purchase-0' }));

  expect(outcome).toMatchObject({ kind: 'changed', change: { ledger: [] } });
});

test('cancellation on a date: nothing is issued from it on', () => {
  const life = new CreditLife({ price: YEARLY }).pay(0);
  const cancelAt = '2027-05-31T09:00:00.000Z';
  life.hear(addDays(T0, 3), life.subscription(0, { cancelAt }));

  expect(creditFigures(life.state, '2027-04-01T00:00:00.000Z')?.nextIssueAt).toBeNull();
  expect(life.pass(cancelAt).instantsOf('issued')).toEqual([T0, month(2)]);
});
