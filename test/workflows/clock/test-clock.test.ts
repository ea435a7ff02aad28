import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createClockActivities } from '../../../activities/index.ts';
import { clockWorkflowId, LIFECYCLE_QUEUE } from '../../../workflows/ids.ts';
import { aShop } from '../../ground/shop.ts';
import { aStack, type Stack } from '../../ground/stack.ts';
import { temporal } from '../../ground/temporal.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await aStack({ workers: 0 });
});

afterAll(() => stack.close());

test('a clock that is moved on at the moment it arrives goes on by itself', async () => {
  const shop = await aShop(stack);
  const { deps, environment } = stack;
  const { moveClock } = createClockActivities(deps);
  const onwards = ['2027-03-01T00:00:00.000Z', '2027-04-01T00:00:00.000Z'];
  const moveOn = async (to: string): Promise<void> => {
    await shop.sql('update accounts set clock_target = ? where id = ?', [to, shop.accountId]);
    await deps.wakes.moveClock(shop.accountId, to);
  };
  const connection = await NativeConnection.connect({ address: environment.TEMPORAL_ADDRESS! });
  const worker = await Worker.create({
    connection,
    namespace: environment.TEMPORAL_NAMESPACE!,
    taskQueue: LIFECYCLE_QUEUE,
    workflowBundle: { codePath: temporal.bundle },
    activities: {
      // Between the last step's end and the workflow's: it has arrived, and is asked again.
      async moveClock(accountId: string) {
        const arrived = await moveClock(accountId);
        const next = arrived?.isLast ? onwards.shift() : undefined;
        if (next) await moveOn(next);
        return arrived;
      },
    },
  });

  const clocks = await worker.runUntil(async () => {
    await moveOn('2027-02-01T00:00:00.000Z');
    await deps.temporal.client.workflow.getHandle(clockWorkflowId(shop.accountId)).result();
    return shop.sql('select clock_target, clock_at from accounts where id = ?', [shop.accountId]);
  });
  await connection.close();

  expect(clocks).toEqual([{ clock_target: null, clock_at: expect.stringContaining('2027-04-01 00:00:00') }]);
});
