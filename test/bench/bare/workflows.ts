import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineSignal,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { BareActivities } from './worker.ts';

const activities = proxyActivities<BareActivities>({ startToCloseTimeout: '30s' });
const local = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '30s' });

export const write = defineUpdate<void, [string]>('write');
export const hear = defineSignal<[string]>('hear');

/** As long as a run of a purchase. */
const MOST_EVENTS = 500;

/** An entity that does nothing but write one row: for an update by an activity, for a signal by a local one. */
export async function bare(): Promise<void> {
  const heard: string[] = [];
  setHandler(write, (row) => activities.writeRow(row));
  setHandler(hear, (row) => void heard.push(row));
  while (workflowInfo().historyLength < MOST_EVENTS) {
    await condition(() => heard.length > 0 || workflowInfo().historyLength >= MOST_EVENTS);
    for (const row of heard.splice(0)) await local.writeRow(row);
  }
  await condition(allHandlersFinished);
  await continueAsNew<typeof bare>();
}
