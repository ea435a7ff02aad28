import { expect, test } from '@jest/globals';
import { anExpert } from '../../builders/rows.ts';
import { orm, useOrm } from '../../ground/orm.ts';
import { aBookingGround, aCallAsked } from './a-booking-ground.ts';
import { bookingFigures } from './booking-figures.ts';

useOrm();

/** Five for each slot; over HTTP in `test/faults/bookings.test.ts`. */
const BOOKINGS = 60;
const EXPERTS = 3;

test('of many who book a fifth as many slots at once each slot has one, and no credit is lost [R19.5]', async () => {
  const { accountId, bookers, ask } = await aBookingGround();
  const experts = await Promise.all(Array.from({ length: EXPERTS }, () => anExpert(orm.em.fork(), accountId)));
  const instants = aDay();
  const many = await bookers(BOOKINGS);

  const ends = await Promise.all(
    many.map((booker, index) => {
      const turn = index % EXPERTS;
      const anyone = [...experts.slice(turn), ...experts.slice(0, turn)];
      const startsAt = instants[Math.floor(index / EXPERTS) % instants.length]!;
      // Two of five book with whoever is free.
      return ask(booker, aCallAsked(startsAt, index % 5 < 2 ? anyone : anyone.slice(0, 1)));
    }),
  );

  expect(instants.length * EXPERTS).toBe(12);
  expect(
    Object.entries(Object.groupBy(ends, (end) => end))
      .map(([end, all]) => [end, all?.length])
      .sort(),
  ).toEqual([
    ['applied', 12],
    ['slot_taken', 48],
  ]);
  expect(await bookingFigures(orm.em.fork(), accountId)).toEqual({
    calls: 12,
    slots: 12,
    held: 12,
    free: 48,
    redeemed: 12,
    told: 24,
  });
});

/** Wednesday's first slots. */
function aDay(): string[] {
  const first = Date.parse('2027-02-03T08:00:00.000Z');
  return Array.from({ length: 4 }, (_, slot) => new Date(first + slot * 45 * 60_000).toISOString());
}
