import { activityInfo } from '@temporalio/activity';
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { PurchaseActivities } from '../activities/index.ts';
import { tracesOfOpen, tracesOfRows } from '../db/inbox/traces.ts';
import type { Orm } from '../db/orm.ts';
import { log } from '../log.ts';
import { inSpan, isTracing } from '../tracing/spans.ts';

type Causes = {
  [Name in keyof PurchaseActivities]?: (
    em: EntityManager,
    ...args: Parameters<PurchaseActivities[Name]>
  ) => Promise<string[]>;
};

/**
 * What has caused an activity is a row of the inbox, and its trace is in the row: a workflow is
 * woken by anything, and takes whatever is open.
 */
const CAUSES: Causes = {
  takeInbox: (em, purchaseId) => tracesOfOpen(em, purchaseId),
  claimPurchase: (em, purchaseId) => tracesOfOpen(em, purchaseId),
  recordPurchase: (em, { state: { pending }, takes, ends }) => {
    const taken = takes ?? ends.map(({ rowId }) => rowId);
    return tracesOfRows(em, pending ? [pending.command.commandId, ...taken] : taken);
  },
  sendToStripe: (em, { pending }) => tracesOfRows(em, [pending.command.commandId]),
};

/** Each activity as a span of the trace that has caused it. */
export const traced = (orm: Orm): ActivityInboundCallsInterceptor => ({
  async execute(input, next) {
    if (!isTracing()) return next(input);
    const { activityType, attempt, workflowExecution } = activityInfo();
    const causes = CAUSES[activityType as keyof Causes] as
      ((em: EntityManager, ...args: unknown[]) => Promise<string[]>) | undefined;
    const parents = (await causes?.(orm.em.fork(), ...input.args).catch(untraced)) ?? [];
    const attributes = {
      'temporal.workflow.id': workflowExecution?.workflowId,
      'temporal.workflow.run_id': workflowExecution?.runId,
      'temporal.activity.attempt': attempt,
    };
    return inSpan(`activity ${activityType}`, { attributes, parents }, () => next(input));
  },
});

/** No trace is worth that its work fails. */
function untraced(error: unknown): string[] {
  log.warn({ error }, 'trace.not_found');
  return [];
}
