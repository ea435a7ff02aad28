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

/**
 * An entity that does nothing but write one row: for an update by an activity, for a signal by a
 * local one.
 */
export async function bare(): Promise<void> {
  const heard: string[] = [];
  setHandler(write, (row) => activities.writeRow(row));
  setHandler(hear, (row) => void heard.push(row));
  const isFull = () => workflowInfo().historyLength >= MOST_EVENTS;
  // What was heard is written before the next run begins, which would not know of it.
  while (heard.length > 0 || !isFull()) {
    await condition(() => heard.length > 0 || isFull());
    for (const row of heard.splice(0)) await local.writeRow(row);
  }
  await condition(allHandlersFinished);
  await continueAsNew<typeof bare>();
}
