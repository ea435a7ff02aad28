import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto'; // CommonJS whose names plain Node does not see
import { searchAttributes } from '../../workflows/search-attribute-types.ts';
import { temporal as ground } from './temporal.ts';

/** A namespace of its own for a test file: the ids and task queues of another file's workflows stay out of it. */
export type TestNamespace = { name: string; client: Client; close(): Promise<void> };

const TYPES = proto.temporal.api.enums.v1.IndexedValueType;
const typeOf = {
  Keyword: TYPES.INDEXED_VALUE_TYPE_KEYWORD,
  Datetime: TYPES.INDEXED_VALUE_TYPE_DATETIME,
  Bool: TYPES.INDEXED_VALUE_TYPE_BOOL,
};

export async function createNamespace(): Promise<TestNamespace> {
  const name = `test-${randomUUID()}`;
  const connection = await Connection.connect({ address: ground.address });
  await connection.workflowService.registerNamespace({
    namespace: name,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  await untilKnown(() => addSearchAttributes(connection, name));
  const client = new Client({ connection, namespace: name });
  await untilKnown(() => client.workflow.count());
  return { name, client, close: () => connection.close() };
}

/** Without them a workflow that shows itself by them is blocked. */
export async function addSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const types = Object.entries(searchAttributes).map(([key, type]) => [key, typeOf[type]]);
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(types) });
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
