import { allHandlersFinished, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { Claim } from '../../db/purchase/claim-purchase.ts';
import { isLongRun, TaskBound } from './bounds.ts';
import type { PurchaseArgs } from '../messages.ts';
import { PurchaseRun } from './purchase-run.ts';

/**
 * One purchase, for as long as anything can fall due. It looks into its inbox, handles what is open
 * in the order in which it happened, and waits for the next message or deadline. `carried` comes
 * from the previous run by continue-as-new; any other start claims the purchase first.
 */
export async function purchase(args: PurchaseArgs, carried?: Claim): Promise<void> {
  const run = new PurchaseRun(args);
  if (!(await run.begin(carried))) return;
  const task = new TaskBound();
  for (;;) {
    const taken = await run.look();
    if (!taken) return;
    await run.pass(taken);
    if (run.isOver()) {
      await condition(allHandlersFinished);
      if (!run.isWoken) return;
    }
    run.setTimer();
    await task.afterPass(run.isWoken);
    await condition(() => run.isWoken);
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    if ((continueAsNewSuggested || isLongRun(historyLength)) && run.isQuiet()) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof purchase>(args, run.claimed);
    }
  }
}
