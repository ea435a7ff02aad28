import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { ClockActivities } from '../activities/index.ts';
import type { ClockArgs } from './messages.ts';

const { moveClock } = proxyActivities<ClockActivities>({
  startToCloseTimeout: '5 minutes',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** Moves a test account's clock from due instant to due instant until it has arrived [R23.3]. Where it goes stands in Postgres. */
export async function testClock({ accountId, target }: ClockArgs): Promise<void> {
  setCurrentDetails(`Moves the clock of account \`${accountId}\` to **${target}**.`);
  for (let steps = 1; ; steps += 1) {
    const arrived = await moveClock.executeWithOptions({ summary: `Step ${steps}, on the way to ${target}` }, [
      accountId,
    ]);
    if (!arrived || arrived.isLast) return;
    setCurrentDetails(`At **${arrived.at}** after ${steps} steps, on the way to **${target}**.`);
  }
}
