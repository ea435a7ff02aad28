/** A worker with nothing but bare entities, on the same Temporal and the same Postgres as ours. */
import { createServer } from 'node:http';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import pg from 'pg';
import { BARE_QUEUE } from './queue.ts';

const { PORT, DATABASE_URL, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, BUNDLE = '' } = process.env;
Runtime.install({ logger: new DefaultLogger('ERROR') });
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
await pool.query('create table if not exists bare_rows (id text primary key, written_at timestamptz not null)');

const activities = {
  async writeRow(id: string): Promise<void> {
    await pool.query('insert into bare_rows (id, written_at) values ($1, now()) on conflict do nothing', [id]);
  },
};
export type BareActivities = typeof activities;

const worker = await Worker.create({
  connection: await NativeConnection.connect({ address: TEMPORAL_ADDRESS! }),
  namespace: TEMPORAL_NAMESPACE!,
  taskQueue: BARE_QUEUE,
  workflowBundle: { codePath: BUNDLE },
  activities,
  maxCachedWorkflows: 1_000,
});
createServer((_request, response) => response.end()).listen(Number(PORT), '127.0.0.1');
await worker.run();
process.exit();
