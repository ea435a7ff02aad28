import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { SubscriptionBilling } from '../../workflows/domain/billing.ts';
import { addDays, fromMs, toMs, type Instant } from '../../workflows/domain/instant.ts';
import { eventually } from '../ground/eventually.ts';
import { addSearchAttributes } from '../../activities/gateways/register-search-attributes.ts';
import { DUE_IN_WORDS } from '../../workflows/purchase/due-in-words.ts';
import { searchAttributes } from '../../workflows/search-attribute-types.ts';
import { quieten } from '../ground/quieten.ts';
import { aShop, type Shop } from '../ground/shop.ts';
import { aStack, type Stack } from '../ground/stack.ts';
import { startTimeSkipping } from '../ground/time-skipping.ts';
import { control } from '../sandbox/stripe/sandbox.ts';

const SIX_HOURS_MS = 6 * 60 * 60 * 1000;

let environment: TestWorkflowEnvironment;
let stack: Stack;
let shop: Shop;
let purchaseId: string;
let bought: Instant;
let renewsAt: Instant;

beforeAll(async () => {
  quieten();
  environment = await startTimeSkipping();
  await addSearchAttributes(environment.client, searchAttributes);
  stack = await aStack({ temporal: { address: environment.address, namespace: 'default' } });
  // A live account: it has no clock of its own, so that everything waits for the timers of its
  // workflows.
  shop = await aShop(stack, { mode: 'live' });
  bought = fromMs(Math.floor(Date.now() / 1000) * 1000);
  purchaseId = await shop.buy({ accessStartsAt: addDays(bought, 5), accessDays: 45, refundWindowDays: 20 });
  await ask('pause', { resumeAt: addDays(bought, 10), access: 'keep' });
  renewsAt = ((await shop.state(purchaseId)).billing as SubscriptionBilling).periodEnd!;
});

afterAll(async () => {
  await stack.close();
  await environment.teardown();
});

/** By a signal: time does not skip while an update is awaited. */
async function ask(name: 'pause', input: object): Promise<void> {
  const commandId = await shop.accept(purchaseId, name, input);
  await stack.deps.wakes.wake(purchaseId, { kind: name, rowId: commandId });
  expect(await shop.untilEnded(commandId)).toMatchObject({ state: 'applied' });
}

/** Lets time pass at Temporal, and nowhere else, until a little after an instant. */
async function sleepUntil(at: Instant): Promise<void> {
  await environment.sleep(toMs(at) + 2_000 - (await environment.currentTimeMs()));
}

/** What has been written to the timeline once there are so many lines. */
const firstLines = (count: number) =>
  eventually(async () => {
    const lines = await shop.timeline(purchaseId);
    return lines.length >= count && lines;
  });

async function eventsOfHistory() {
  const { events } = await shop.workflow(purchaseId).fetchHistory();
  return (events ?? []).map((event) => ({ ...event, ms: msOf(event.eventTime) }));
}

const msOf = (time: { seconds?: unknown; nanos?: number | null } | null | undefined): number =>
  Number(time?.seconds) * 1000 + (time?.nanos ?? 0) / 1e6;

/** When the timers of the purchase rang, by Temporal's clock. */
async function rungAt(): Promise<number[]> {
  return (await eventsOfHistory()).filter((event) => event.timerFiredEventAttributes).map(({ ms }) => ms);
}

async function readingsAt(): Promise<number[]> {
  const events = await eventsOfHistory();
  const isReading = ({ activityTaskScheduledEventAttributes: scheduled }: (typeof events)[number]) =>
    scheduled?.activityType?.name === 'readStripe';
  return events.filter(isReading).map(({ ms }) => ms);
}

describe('with nobody to wake it, a purchase', () => {
  test.each([
    ['starts access', 5, 'purchase.access-started', 4],
    ['resumes', 10, 'purchase.resumed', 5],
    ['closes the refund window', 20, 'purchase.refund-window-closed', 6],
  ])('%s on its day, %i days on', async (_, days, type, count) => {
    const before = (await rungAt()).length;
    const dueAt = type === 'purchase.refund-window-closed' ? await windowCloses() : addDays(bought, days);

    await sleepUntil(dueAt);
    const lines = await firstLines(count);

    expect(lines.slice(count - 1)).toEqual([[type, dueAt]]);
    const rung = (await rungAt()).slice(before);
    expect(rung).toHaveLength(1);
    expect(Math.abs(rung[0]! - toMs(dueAt))).toBeLessThan(3_000);
  });

  test('asks Stripe six hours behind a renewal that nobody told of, and again while Stripe knows of none', async () => {
    const before = (await readingsAt()).length;

    await sleepUntil(fromMs(toMs(renewsAt) + SIX_HOURS_MS));
    await eventually(async () => (await readingsAt()).length === before + 1);
    await control(stack.sandbox, 'POST', '/time', { advanceSeconds: secondsUntil(renewsAt) + 60 });
    await sleepUntil(fromMs(toMs(renewsAt) + 2 * SIX_HOURS_MS));
    const lines = await firstLines(7);

    expect(lines[6]![0]).toBe('payment.succeeded');
    expect((await shop.state(purchaseId)).payments).toHaveLength(2);
    const hours = (await readingsAt()).slice(before).map((ms) => Math.round((ms - toMs(renewsAt)) / 3_600_000));
    expect(hours).toEqual([6, 12]);
  });

  test('ends access when its days are over', async () => {
    await sleepUntil(addDays(bought, 50));
    const lines = await firstLines(8);

    expect(lines.map(([type]) => type)).toEqual([
      'purchase.bought',
      'payment.succeeded',
      'purchase.paused',
      'purchase.access-started',
      'purchase.resumed',
      'purchase.refund-window-closed',
      'payment.succeeded',
      'purchase.access-expired',
    ]);
    expect(lines.at(-1)).toEqual(['purchase.access-expired', addDays(bought, 50)]);
  });
});

test('every timer says in the history what it waits for, and none is for anything but an instant that is due', async () => {
  const timers = (await eventsOfHistory()).filter((event) => event.timerStartedEventAttributes);

  const said = timers.map(({ userMetadata }) => Buffer.from(userMetadata?.summary?.data ?? []).toString('utf8'));

  const kinds = ['access-starts', 'resume', 'refund-window-closes', 'stripe-overdue', 'access-expires'] as const;
  const words = kinds.map((kind) => DUE_IN_WORDS[kind]).join('|');
  expect(said.filter((text) => !new RegExp(`^"(${words}) at \\d{4}-`).test(text))).toEqual([]);
  expect(said.length).toBeGreaterThan(5);
});

async function windowCloses(): Promise<Instant> {
  return (await shop.state(purchaseId)).refundWindow!.closesAt;
}

const secondsUntil = (at: Instant): number => Math.ceil((toMs(at) - Date.now()) / 1000);
