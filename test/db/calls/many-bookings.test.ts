import { expect, test } from '@jest/globals';
import { anExpert } from '../../builders/rows.ts';
import { orm, useOrm } from '../../ground/orm.ts';
import { aBookingGround, aCallAsked } from './a-booking-ground.ts';

useOrm();

/** Five for each slot; seen too with 1,000 of 200, which takes minutes. */
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
  expect(await figures(accountId)).toEqual({ calls: 12, slots: 12, held: 12, free: 48, redeemed: 12, told: 24 });
});

/** Wednesday's first slots. */
function aDay(): string[] {
  const first = Date.parse('2027-02-03T08:00:00.000Z');
  return Array.from({ length: 4 }, (_, slot) => new Date(first + slot * 45 * 60_000).toISOString());
}

async function figures(accountId: string): Promise<unknown> {
  const [row] = await orm.em.fork().execute<object[]>(
    `with mine as (select id, snapshot from purchases where account_id = ?),
       credits as (select mine.id, mine.snapshot, c.value as one from mine, jsonb_array_elements(mine.snapshot -> 'credits' -> 'open') as c)
     select (select count(*)::int from calls where account_id = ? and state = 'booked') as calls,
       (select count(distinct (expert_id, starts_at))::int from calls where account_id = ? and state = 'booked') as slots,
       (select count(*)::int from credits join calls k on k.purchase_id = credits.id and k.id::text = one ->> 'heldBy'
          and snapshot -> 'calls' -> 0 ->> 'id' = one ->> 'heldBy') as held,
       (select count(*)::int from credits where one ->> 'heldBy' is null
          and not exists (select from calls k where k.purchase_id = credits.id)) as free,
       (select count(*)::int from credit_entries where account_id = ? and kind = 'redeemed') as redeemed,
       (select count(*)::int from emails where account_id = ? and kind in ('call-booked', 'expert-call-booked')) as told`,
    [accountId, accountId, accountId, accountId, accountId],
  );
  return row;
}
