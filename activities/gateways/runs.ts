import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { purchaseWorkflowId } from '../../workflows/ids.ts';

/** What Temporal knows about purchases. Each call throws while Temporal cannot be reached. */
export type Runs = {
  /** Created with Temporal's store. If it is another one, Temporal knows none of our workflows. */
  storeId(): Promise<string>;
  /** How many workflows of purchases run, by Temporal's index, which lags by a second or two. */
  count(): Promise<number>;
  /** Those of the purchases that have no running workflow, exactly. */
  missing(purchaseIds: readonly string[]): Promise<string[]>;
};

const TIMEOUT_MS = 10_000;
const AT_ONCE = 16;

export function createRuns(client: Client): Runs {
  const soon = <Answer>(call: () => Promise<Answer>): Promise<Answer> =>
    client.connection.withDeadline(Date.now() + TIMEOUT_MS, call);
  return {
    async storeId() {
      const { namespace } = client.options;
      const { namespaceInfo } = await soon(() => client.workflowService.describeNamespace({ namespace }));
      return namespaceInfo?.id ?? '';
    },
    async count() {
      const query = `WorkflowType = 'purchase' AND ExecutionStatus = 'Running'`;
      return (await soon(() => client.workflow.count(query))).count;
    },
    async missing(purchaseIds) {
      const missing: string[] = [];
      for (let first = 0; first < purchaseIds.length; first += AT_ONCE) {
        const some = purchaseIds.slice(first, first + AT_ONCE);
        const areRunning = await Promise.all(some.map((id) => soon(() => isRunning(client, id))));
        missing.push(...some.filter((_, index) => !areRunning[index]));
      }
      return missing;
    },
  };
}

/** Read from the history, which does not lag. */
async function isRunning(client: Client, purchaseId: string): Promise<boolean> {
  try {
    const { status } = await client.workflow.getHandle(purchaseWorkflowId(purchaseId)).describe();
    return status.name === 'RUNNING' || status.name === 'PAUSED';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
