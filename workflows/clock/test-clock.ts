import { continueAsNew, proxyActivities, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import type { ClockActivities } from '../../activities/index.ts';
import { wake, type ClockArgs } from '../messages.ts';
import { WORKER_GONE } from '../activity-proxies.ts';

const { moveClock } = proxyActivities<ClockActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: WORKER_GONE,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

/**
 * Moves a test account's clock from due instant to due instant until it reaches its target [R23.3].
 * The target is in Postgres. A wake makes the run read it again, so that a move asked for just as
 * the clock arrives is not lost.
 */
export async function testClock(args: ClockArgs): Promise<void> {
  const { accountId, target } = args;
  let isWoken = false;
  setHandler(wake, () => void (isWoken = true), {
    description: 'Look where the clock is to go. Safe at any time.',
  });
  setCurrentDetails(`Moves the clock of account \`${accountId}\` to **${target}**.`);
  for (let steps = 1; ; steps += 1) {
    isWoken = false;
    const summary = `Step ${steps}, on the way to ${target}`;
    const arrived = await moveClock.executeWithOptions({ summary }, [accountId]);
    if ((!arrived || arrived.isLast) && !isWoken) return;
    if (arrived) setCurrentDetails(`At **${arrived.at}** after ${steps} steps, on the way to **${target}**.`);
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof testClock>(args);
  }
}
