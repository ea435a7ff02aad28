import type { Shown } from '../data/doc.ts';
import { z } from 'zod';
import { longestTwoIntervals, shortestDays } from '../billing/calendar.ts';
import { rhythmOf } from '../billing/lines.ts';
import type { Books } from '../data/books.ts';
import { hasEnded } from '../data/due.ts';
import { prepared } from '../../sqlite.ts';
import type { TestClock } from '../data/docs.ts';
import { newId } from '../data/ids.ts';
import { invalidRequest } from '../protocol/fault.ts';
import { expand, integer, listFields, text } from '../protocol/fields.ts';
import { listOf } from './lists.ts';
import { route } from './route.ts';

const KEPT_SECONDS = 30 * 86_400;
const BASE = '/v1/test_helpers/test_clocks';

const create = z.strictObject({ frozen_time: integer, name: text.optional(), expand });

/**
 * How far the clock may go at once: two intervals of the shortest subscription on it, or two years
 * without any.
 */
function furthest(books: Books, clock: TestClock): number {
  const live = books.all('subscription', { clock: clock.id }).filter((subscription) => !hasEnded(subscription));
  const [shortest] = live.map(rhythmOf).sort((a, b) => shortestDays(a) - shortestDays(b));
  return longestTwoIntervals(clock.frozen_time, shortest ?? { interval: 'year', interval_count: 1 });
}

function advance(books: Books, id: string, to: number): TestClock {
  const clock = books.need('test_helpers.test_clock', id);
  if (clock.status !== 'ready') throw invalidRequest('The test clock is still advancing.', 'frozen_time');
  if (to <= clock.frozen_time)
    throw invalidRequest("`frozen_time` must be after the test clock's current frozen time.", 'frozen_time');
  if (to > furthest(books, clock)) {
    const message =
      'The test clock cannot be advanced by more than two intervals of its shortest subscription at once (two years without one).';
    throw invalidRequest(message, 'frozen_time');
  }
  const moving: TestClock = { ...clock, status: 'advancing', _advance: { to, at: clock.frozen_time } };
  moving.status_details = { advancing: { target_frozen_time: to } };
  books.save(moving);
  books.emit('test_helpers.test_clock.advancing', moving, clock.frozen_time);
  return moving;
}

export const testClockRoutes = [
  route('POST', BASE, create, ({ books, params }) => {
    const now = books.context.now();
    const clock: Shown<TestClock> = {
      id: newId('test_helpers.test_clock'),
      object: 'test_helpers.test_clock',
      created: now,
      deletes_after: now + KEPT_SECONDS,
      livemode: false,
      frozen_time: params.frozen_time,
      name: params.name ?? null,
      status: 'ready',
      status_details: {},
      _advance: null,
    };
    return books.add(clock, 'test_helpers.test_clock.created');
  }),
  route('GET', `${BASE}/:id`, z.strictObject({ expand }), ({ books, id }) => books.need('test_helpers.test_clock', id)),
  route('POST', `${BASE}/:id/advance`, z.strictObject({ frozen_time: integer, expand }), ({ books, id, params }) =>
    advance(books, id, params.frozen_time),
  ),
  route('DELETE', `${BASE}/:id`, z.strictObject({ expand }), ({ books, id }) => {
    const clock = books.need('test_helpers.test_clock', id);
    const { database, account } = books.context;
    const sql = `delete from objects where account = ? and clock = ? and kind in ('customer', 'subscription')`;
    prepared(database, sql).run(account, id);
    books.remove(id);
    books.emit('test_helpers.test_clock.deleted', clock, clock.frozen_time);
    return { id, object: 'test_helpers.test_clock', deleted: true };
  }),
  route('GET', BASE, z.strictObject(listFields), ({ books, params }) =>
    listOf(books, 'test_helpers.test_clock', params),
  ),
];
