import { Client, Connection } from '@temporalio/client';
import { v7 as uuid } from 'uuid';
import { freePort } from '../../ground/ports.ts';
import type { BenchStack } from '../bench-stack.ts';
import type { Ground } from '../ground.ts';
import { benchProcess, floorBundle } from '../programs.ts';
import { BARE_QUEUE } from './queue.ts';

export type BareEntities = { ids: string[]; close: () => Promise<void> };

/**
 * So many bare entities beside a stack: on its Temporal and its Postgres, with a worker of their
 * own.
 */
export async function openBareEntities(stack: BenchStack, ground: Ground, count: number): Promise<BareEntities> {
  const { DATABASE_URL, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE } = stack.environment;
  const port = await freePort();
  const BUNDLE = await floorBundle(ground.folder, 'bare/workflows.ts');
  const env = { PORT: String(port), DATABASE_URL, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, BUNDLE };
  const readyAt = `http://127.0.0.1:${port}`;
  const running = await ground.start(benchProcess({ name: 'bare worker', file: 'bare/worker.ts', env, readyAt }));
  const connection = await Connection.connect({ address: TEMPORAL_ADDRESS! });
  const client = new Client({ connection, namespace: TEMPORAL_NAMESPACE! });
  const ids = Array.from({ length: count }, () => `bare:${uuid()}`);
  await Promise.all(ids.map((workflowId) => client.workflow.start('bare', { workflowId, taskQueue: BARE_QUEUE })));
  return {
    ids,
    async close() {
      await Promise.all(ids.map((id) => client.workflow.getHandle(id).terminate()));
      await connection.close();
      await running.stop();
    },
  };
}
