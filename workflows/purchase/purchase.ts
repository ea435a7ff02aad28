import { allHandlersFinished, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { Held } from '../../db/purchase/claim-purchase.ts';
import { TaskBound } from './bounds.ts';
import type { PurchaseArgs } from '../messages.ts';
import { PurchaseRun } from './purchase-run.ts';
import { claim } from '../activity-proxies.ts';

/**
 * Beyond this a run hands over to the next: nothing can be lost by it, since the inbox is outside.
 */
const MOST_EVENTS = 500;

/**
 * One purchase, as long as anything can still fall due. It wakes, looks into its inbox, handles
 * what is open in the order in which it happened, and waits for the next wake or deadline.
 * `carried` comes from the previous run; any other start claims the purchase first.
 */
export async function purchase(args: PurchaseArgs, carried?: Held): Promise<void> {
  const run = new PurchaseRun(args);
  const held = carried ?? (await claim(args.purchaseId));
  if (!held) return;
  run.hold(held);
  const task = new TaskBound();
  for (;;) {
    const taken = await run.look();
    if (!taken) return;
    await run.pass(taken);
    if (run.isOver()) {
      await condition(allHandlersFinished);
      if (!run.isWoken) return;
    }
    run.armAlarm();
    await task.afterPass(run.isWoken);
    await condition(() => run.isWoken);
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    if ((continueAsNewSuggested || historyLength > MOST_EVENTS) && run.isQuiet()) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof purchase>(args, run.held);
    }
  }
}
