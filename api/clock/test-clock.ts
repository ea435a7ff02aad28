import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { tell } from '../../db/platform/audit-log.ts';
import type { Account } from '../../db/entities/account.ts';
import { claimRequest, findRequest, storeAnswer } from '../../db/inbox/idempotency.ts';
import type { Orm } from '../../db/orm.ts';
import { nextDueAfter, readClock, startClock, type TestClock } from '../../db/clock/test-clock.ts';
import { addMonths } from '../../workflows/domain/calendar.ts';
import { addDays, fromMs, isWholeSecond, toMs, type Instant } from '../../workflows/domain/instant.ts';
import { invalid, Problem } from '../http/problem.ts';
import { defineRoute, type AccountCall, type Served } from '../http/route.ts';
import { keyReused, replay } from '../http/serve.ts';
import { givenInstant, instant } from '../http/fields.ts';
import { BILLING, EVERYBODY } from '../auth/roles.ts';

const tag = 'Test clock';

export type ClockDeps = { orm: Orm; wakes: Pick<Wakes, 'moveClock'>; clockWaitMs: number };

const clockSchema = z
  .strictObject({ now: instant, target: instant.nullable(), isMoving: z.boolean() })
  .meta({ id: 'TestClock', description: "A test account's own time." });

const advanceBody = z
  .strictObject({
    to: givenInstant.optional().describe('Whole seconds.'),
    by: z.enum(['day', 'month', 'next']).optional().describe('`next`: to the next instant at which something is due.'),
    wait: z.boolean().default(true).describe('false: 202 at once, without waiting for the arrival.'),
  })
  .refine(({ to, by }) => (to === undefined) !== (by === undefined), {
    path: ['to'],
    message: 'needs either to or by',
  });

type Move = AccountCall<unknown, unknown, z.output<typeof advanceBody>>;

function checkTest({ mode }: Account): void {
  if (mode === 'test') return;
  throw new Problem(409, 'not_test_account', { detail: 'Only a test account has a clock that can be moved.' });
}

const toApiClock = ({ now, target }: TestClock): z.input<typeof clockSchema> => ({
  now: now ?? fromMs(Date.now()),
  target,
  isMoving: target !== null,
});

const read = defineRoute({
  method: 'get',
  path: '/v1/test-clock',
  tag,
  operationId: 'getTestClock',
  summary: "Read a test account's clock",
  roles: EVERYBODY,
  answers: { 200: clockSchema },
  problems: [409],
  async handle({ em, account }) {
    checkTest(account);
    return { status: 200, body: toApiClock(await readClock(em, account.id)) };
  },
});

const advance = defineRoute({
  method: 'post',
  path: '/v1/test-clock/advance',
  tag,
  operationId: 'advanceTestClock',
  audit: { left: ['test_clock.advanced'] },
  location: '/v1/test-clock',
  summary: 'Move a test account forward: timers, Stripe and emails follow in order',
  description: '200 when it has arrived, 202 while it is still on its way.',
  roles: BILLING,
  body: advanceBody,
  example: { by: 'month' },
  answers: { 200: clockSchema, 202: clockSchema },
  problems: [409],
  writes: 'own',
  handle: move,
});

async function move(call: Move, deps: ClockDeps): Promise<Served> {
  const { em, account, keyed } = call;
  checkTest(account);
  const known = keyed && (await findRequest(em, keyed));
  if (known?.kind === 'reused') throw keyReused();
  if (known?.kind === 'known') return replay(known.status, known.body);
  const clock = await readClock(em, account.id);
  if (clock.target) throw moving();
  const target = await targetOf(call, clock.now ?? fromMs(Date.now()));
  const begun = await begin(call, target);
  if (begun.isOver) return begun.served;
  void deps.wakes.moveClock(account.id, target);
  if (!call.body.wait) return begun.served;
  const served = await arrival(account.id, target, deps);
  if (!keyed) return served;
  return { ...served, ...(await storeAnswer(deps.orm.em.fork(), keyed, { status: served.status, body: served.body })) };
}

const moving = () => new Problem(409, 'clock_moving', { detail: 'The clock is moving already.' });

async function targetOf({ em, body }: Move, now: Instant): Promise<Instant> {
  const { to, by } = body;
  if (by === 'day') return addDays(now, 1);
  if (by === 'month') return addMonths(now, 1);
  const target = to ?? (await nextDueAfter(em, now));
  if (target === null) throw invalid('by', 'nothing is due in this account');
  if (to === undefined) return fromMs(Math.ceil(toMs(target) / 1000) * 1000);
  if (!isWholeSecond(to)) throw invalid('to', 'must be in whole seconds', 'invalid_instant');
  if (to <= now) throw invalid('to', `must lie after ${now}, where the clock stands`, 'instant_past');
  return to;
}

type Begun = { isOver: boolean; served: Served };

/**
 * The move is committed with its idempotency key; a repeat before the clock has arrived gets 202.
 */
async function begin({ em, account, keyed }: Move, target: Instant): Promise<Begun> {
  return em.transactional(async (tx) => {
    const claim = keyed ? await claimRequest(tx, keyed, null) : null;
    if (claim?.kind === 'reused') throw keyReused();
    if (claim?.kind === 'known') return { isOver: true, served: replay(claim.status, claim.body) };
    if (!(await startClock(tx, account.id, target))) throw moving();
    await tell(tx, { kind: 'test_clock.advanced', subjectId: account.id, after: { to: target } });
    const served = onItsWay(await readClock(tx, account.id));
    if (keyed) await storeAnswer(tx, keyed, { status: 202, body: served.body });
    return { isOver: false, served };
  });
}

const onItsWay = (clock: TestClock): Served => ({ status: 202, body: toApiClock(clock) });

const LOOK_EVERY_MS = 150;

async function arrival(accountId: string, target: Instant, { orm, clockWaitMs }: ClockDeps): Promise<Served> {
  const until = Date.now() + clockWaitMs;
  for (;;) {
    const clock = await readClock(orm.em.fork(), accountId);
    if (clock.target !== target) return { status: 200, body: toApiClock(clock) };
    if (Date.now() >= until) return onItsWay(clock);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

export const testClockRoutes = { read, advance };
