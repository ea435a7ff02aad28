/**
 * The floor: a worker with the lifecycle worker's options, which holds bare entities and nothing
 * else.
 */
import { createServer } from 'node:http';
import { NativeConnection, Worker } from '@temporalio/worker';

const { FLOOR_PORT, FLOOR_BUNDLE, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, WORKER_MAX_CACHED } = process.env;
const connection = await NativeConnection.connect({ address: TEMPORAL_ADDRESS! });
const worker = await Worker.create({
  connection,
  namespace: TEMPORAL_NAMESPACE!,
  taskQueue: 'floor',
  workflowBundle: { codePath: FLOOR_BUNDLE ?? '' },
  maxCachedWorkflows: Number(WORKER_MAX_CACHED),
  shutdownGraceTime: 1_000,
});
const server = createServer((_, response) => response.end()).listen(Number(FLOOR_PORT), '127.0.0.1');
process.once('SIGTERM', () => worker.shutdown());
await worker.run();
server.close();
await connection.close();
