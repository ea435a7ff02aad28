import { beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Expert } from '../../../db/entities/expert.ts';
import { ExpertBusyTime } from '../../../db/entities/expert-busy-time.ts';
import { ExpertTimeOff } from '../../../db/entities/expert-time-off.ts';
import { OfficeHours } from '../../../db/entities/office-hours.ts';
import { aBlock, anExpert } from '../../builders/rows.ts';
import { orm, useOrm } from '../../ground/orm.ts';
import { aBookingGround, aCallAsked, T0, type Booker, type BookingGround } from './a-booking-ground.ts';

useOrm();

/** Wednesday, 9:00 and 10:30 in Vienna. */
const [NINE, HALF_TEN] = ['2027-02-03T08:00:00.000Z', '2027-02-03T09:30:00.000Z'] as const;
const NOON = '2027-02-03T11:00:00.000Z';

let ground: BookingGround;
let expertId: string;
let ada: Booker;
let bo: Booker;

beforeEach(async () => {
  ground = await aBookingGround();
  expertId = await anExpert(orm.em.fork(), ground.accountId);
  [ada, bo] = (await ground.bookers(2)) as [Booker, Booker];
});

const change = (to: Partial<Expert>) => () => orm.em.fork().nativeUpdate(Expert, { id: expertId }, to);
const isAway = (startsAt: string, endsAt: string) => () => {
  const whose = { accountId: ground.accountId, expertId };
  return orm.em.fork().insert(ExpertTimeOff, { id: uuid(), ...whose, startsAt, endsAt, createdAt: T0 });
};
const isBusy = () =>
  orm.em.fork().insert(ExpertBusyTime, { expertId, accountId: ground.accountId, startsAt: NINE, endsAt: HALF_TEN });
const hosts = () =>
  aBlock(orm.em.fork(), {
    accountId: ground.accountId,
    expertId,
    from: '09:30',
    to: '11:00',
    timeZone: 'Europe/Vienna',
  });
const isCalledBy = (startsAt: string) => () => ground.ask(bo, aCallAsked(startsAt, [expertId]));
const TUESDAY_ONLY = { tuesday: [{ from: '09:00', to: '17:00' }] };
const THREE_DAYS = 3 * 24 * 60;

/** What happens between the look and the record, and why the slot is then not to be had. */
const MEANWHILE: [string, () => () => Promise<unknown>, string][] = [
  ['other working hours', () => change({ workingHours: TUESDAY_ONLY }), 'slot_closed'],
  [
    'a break in that day',
    () => change({ workingHours: { wednesday: [{ from: '10:00', to: '17:00' }] } }),
    'slot_closed',
  ],
  ['another zone', () => change({ timeZone: 'America/New_York' }), 'slot_closed'],
  ['time off', () => isAway('2027-02-03T08:44:59.999Z', '2027-02-03T12:00:00.000Z'), 'slot_closed'],
  ['office hours that they host', () => hosts, 'slot_closed'],
  ['busy times of the outside calendar', () => isBusy, 'slot_closed'],
  ['a longer notice', () => change({ noticeMinutes: THREE_DAYS }), 'slot_closed'],
  ['being archived', () => change({ archivedAt: T0 }), 'slot_closed'],
  ['the same slot, booked by somebody else', () => isCalledBy(NINE), 'slot_taken'],
];

describe('a call is tested once more where it is recorded [R19.5]', () => {
  test.each(MEANWHILE)('against %s', async (_what, meanwhile, why) => {
    const asked = aCallAsked(NINE, [expertId]);
    await ground.accept(ada, asked);

    const first = await ground.turn(ada, meanwhile());
    const second = await ground.turn(ada);

    expect(first).toMatchObject({ recorded: 'slot_taken', ends: [{ state: 'applied' }] });
    expect(second).toMatchObject({ recorded: 'recorded', ends: [{ rowId: asked.id, refusal: { code: why } }] });
    expect(await heldBy(ada)).toEqual([null]);
  });

  test('against the most calls a day, by the calendar of the expert', async () => {
    await change({ maxCallsPerDay: 1 })();
    await ground.accept(ada, aCallAsked(NINE, [expertId]));

    const first = await ground.turn(ada, isCalledBy(NOON));
    const second = await ground.turn(ada);

    expect(first.recorded).toBe('slot_taken');
    expect(second.ends).toMatchObject([{ refusal: { code: 'slot_closed' } }]);
  });

  test('time off that begins with its end, and notice that ends with its beginning, are not in its way', async () => {
    const asked = aCallAsked(NINE, [expertId]);
    await ground.accept(ada, asked);

    await change({ noticeMinutes: (Date.parse(NINE) - Date.parse(T0)) / 60_000 })();
    const { recorded } = await ground.turn(ada, isAway('2027-02-03T08:45:00.000Z', '2027-02-03T12:00:00.000Z'));

    expect(recorded).toBe('recorded');
    expect(await heldBy(ada)).toEqual([asked.id]);
  });

  test('a move too; until it is recorded the call keeps its slot', async () => {
    const asked = aCallAsked(NINE, [expertId]);
    await ground.ask(ada, asked);
    const id = uuid();
    const to = aCallAsked(HALF_TEN, [expertId], asked.id).input;
    await ground.accept(ada, { name: 'move-call', id, input: to });

    const first = await ground.turn(ada, isCalledBy(HALF_TEN));
    const second = await ground.turn(ada);

    expect(first.recorded).toBe('slot_taken');
    expect(second.ends).toMatchObject([{ rowId: id, refusal: { code: 'slot_taken' } }]);
    expect(await booked()).toEqual([NINE, HALF_TEN]);
  });

  test('one for anyone goes to the next who is free', async () => {
    const other = await anExpert(orm.em.fork(), ground.accountId);
    await ground.accept(ada, aCallAsked(NINE, [expertId, other]));

    const first = await ground.turn(ada, isCalledBy(NINE));
    const second = await ground.turn(ada);

    expect([first.recorded, second.recorded]).toEqual(['slot_taken', 'recorded']);
    expect(await booked()).toEqual([NINE, NINE]);
  });
});

describe('a seat is tested once more where it is recorded [R19.6]', () => {
  let blockId: string;
  const DAY = { date: '2027-02-03', startsAt: '2027-02-03T16:00:00.000Z', endsAt: '2027-02-03T20:00:00.000Z' };
  const aSeatAsked = (id: string = uuid()) =>
    ({ name: 'book-seat', id, input: { id, blockId, expertId, ...DAY } }) as const;
  const set = (to: Partial<OfficeHours>) => () => orm.em.fork().nativeUpdate(OfficeHours, { id: blockId }, to);
  const isTakenBy = (booker: () => Promise<Booker> | Booker) => async () => ground.ask(await booker(), aSeatAsked());

  beforeEach(async () => {
    blockId = await aBlock(orm.em.fork(), { accountId: ground.accountId, expertId, seats: 1 });
  });

  const CASES: [string, () => () => Promise<unknown>, string][] = [
    ['a block that is archived', () => set({ archivedAt: T0 }), 'slot_closed'],
    ['another weekday', () => set({ weekday: 'thursday' }), 'slot_closed'],
    ['other hours', () => set({ from: '09:00' }), 'slot_closed'],
    ['the last seat, booked by somebody else', () => isTakenBy(() => bo), 'slot_taken'],
    ['a seat of the same person, from another purchase', () => isTakenBy(() => ground.again(ada)), 'already_booked'],
  ];

  test.each(CASES)('against %s', async (_what, meanwhile, why) => {
    await ground.accept(ada, aSeatAsked());

    const first = await ground.turn(ada, meanwhile());
    const second = await ground.turn(ada);

    expect(first.recorded).toBe('slot_taken');
    expect(second.ends).toMatchObject([{ refusal: { code: why } }]);
  });

  test('of forty who want the same day as many have a seat as there are, each another one', async () => {
    await set({ seats: 7 })();
    const many = await ground.bookers(40);

    const ends = await Promise.all(many.map((booker) => ground.ask(booker, aSeatAsked())));

    expect(ends.toSorted()).toEqual([...Array<string>(7).fill('applied'), ...Array<string>(33).fill('slot_taken')]);
    const seats = await rows<{ seat: number }>(`select seat from seats where block_id = '${blockId}' order by seat`);
    expect(seats.map(({ seat }) => seat)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

const rows = <Row extends object>(text: string): Promise<Row[]> => orm.em.fork().execute<Row[]>(text);

async function heldBy({ purchaseId }: Booker): Promise<(string | null)[]> {
  const [row] = await rows<{ open: { heldBy: string | null }[] }>(
    `select snapshot -> 'credits' -> 'open' as open from purchases where id = '${purchaseId}'`,
  );
  return row!.open.map((credit) => credit.heldBy);
}

async function booked(): Promise<string[]> {
  const calls = await rows<{ starts_at: Date }>(
    `select starts_at from calls where account_id = '${ground.accountId}' and state = 'booked' order by starts_at`,
  );
  return calls.map((call) => new Date(call.starts_at).toISOString());
}
