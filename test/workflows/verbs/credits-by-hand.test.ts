import { expect, test } from '@jest/globals';
import { creditFigures } from '../../../workflows/domain/credits/figures.ts';
import { addDays, type Instant } from '../../../workflows/domain/instant.ts';
import { preview } from '../../../workflows/verbs/preview.ts';
import { CreditLife } from '../../builders/credits.ts';
import { askedBy, T0 } from '../../builders/purchase.ts';

const gift = (expiresAt: Instant | null = null, count = 1) => ({ count, expiresAt, hasReason: true });
const hashOf = (life: CreditLife, input: object, now: Instant) =>
  preview('issue-credit', life.state, input, askedBy(now)).planHash;

test('a preview of credits that are valid by the rule stays good while time passes, and of no others', () => {
  const life = new CreditLife().pay(0);
  const later = addDays(T0, 1);

  expect(hashOf(life, gift(), later)).toBe(hashOf(life, gift(), T0));
  expect(hashOf(life, gift(null, 2), T0)).not.toBe(hashOf(life, gift(), T0));
  expect(hashOf(life, gift(addDays(T0, 20)), T0)).not.toBe(hashOf(life, gift(addDays(T0, 21)), T0));
});

test('a gift is warned of and expires as others do, and costs no credit of the rule', () => {
  const life = new CreditLife().pay(0, 1);
  const until = addDays(T0, 40);
  life.ask(addDays(T0, 30), 'issue-credit', gift(until, 2));

  expect(creditFigures(life.state, addDays(T0, 30))).toMatchObject({ available: 3, remainingThisYear: 8 });
  life.pay(2);

  // It was given 10 days before its end: the warning of 30 days before is not made up for.
  expect(life.emailsOf('credits-expiring').map(({ data, at }) => [data.count, data.days, at])).toEqual([
    [2, 7, addDays(until, -7)],
    [2, 1, addDays(until, -1)],
  ]);
  expect(life.instantsOf('expired')).toEqual([until, until]);
  expect(life.instantsOf('issued')).toEqual([T0, addDays(T0, 30), addDays(T0, 30), life.at(2)]);
  expect(creditFigures(life.state, life.at(2))).toMatchObject({ available: 2, remainingThisYear: 6 });
});

test('monthly to annual subtracts what the rule has issued, and no gifts', () => {
  const life = new CreditLife().pay(0);
  life.ask(addDays(T0, 1), 'issue-credit', gift(null, 3));

  expect(life.state.credits!.year).toEqual({ startsAt: T0, issued: 1, gone: -3 });
});

test('both are in the timeline by whom they were asked, with the command in the ledger', () => {
  const life = new CreditLife().pay(0);
  life.ask(addDays(T0, 1), 'issue-credit', gift());
  life.ask(addDays(T0, 2), 'forfeit-credit', { creditIds: ['purchase-1:1'], hasReason: true });

  const byHand = life.entries.filter(({ actor, type }) => actor.kind === 'admin' && type.startsWith('credits.'));
  expect(byHand.map(({ type, data }) => [type, data.count])).toEqual([
    ['credits.issued', 1],
    ['credits.forfeited', 1],
  ]);
  expect(life.ledger.slice(1).map(({ credit, kind, commandId }) => [credit, kind, commandId])).toEqual([
    [2, 'issued', byHand[0]!.commandId],
    [1, 'forfeited', byHand[1]!.commandId],
  ]);
  expect(byHand.map(({ commandId }) => commandId)).not.toContain(null);
});
