import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { registerSearchAttributes } from '../../activities/gateways/register-search-attributes.ts';
import { searchAttributes } from '../../workflows/search-attribute-types.ts';
import { temporal as ground } from './temporal.ts';

/**
 * A namespace of its own for a test file: the ids and task queues of another file's workflows stay
 * out of it.
 */
export type TestNamespace = { name: string; client: Client; close(): Promise<void> };

export async function createNamespace(): Promise<TestNamespace> {
  const name = `test-${randomUUID()}`;
  const connection = await Connection.connect({ address: ground.address });
  await connection.workflowService.registerNamespace({
    namespace: name,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  const client = new Client({ connection, namespace: name });
  await untilKnown(() => registerSearchAttributes(client, searchAttributes));
  await untilKnown(() => client.workflow.count());
  return { name, client, close: () => connection.close() };
}

/** The server learns of a new namespace within about a second. */
async function untilKnown(call: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await call();
      return;
    } catch (error) {
      if (attempt > 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
