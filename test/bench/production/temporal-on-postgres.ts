import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import type { Launch } from '../../../sandbox/processes/children.ts';
import { lowPorts } from './low-ports.ts';
import type { TemporalPrograms } from './temporal-programs.ts';

const run = promisify(execFile);

/** As Temporal's own guide has it for production; it can never be changed afterwards. */
const HISTORY_SHARDS = 512;

type Settings = {
  programs: TemporalPrograms;
  /** Where its settings are written. */
  folder: string;
  /** A Postgres whose role may make databases. */
  postgresUrl: string;
};

/** A Temporal server with all its services in one process, and its stores on a Postgres. */
export async function temporalOnPostgres(settings: Settings): Promise<{ launch: Launch; address: string }> {
  const { programs, folder, postgresUrl } = settings;
  for (const [database, schema] of Object.entries(SCHEMAS)) await makeStore(programs, postgresUrl, database, schema);
  const [grpc = 0, ...ports] = await lowPorts(8);
  const address = `127.0.0.1:${grpc}`;
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'server.yaml');
  await writeFile(file, JSON.stringify(configOf(new URL(postgresUrl), grpc, ports))); // JSON is YAML, too
  const launch: Launch = {
    name: 'Temporal',
    command: programs.server,
    args: ['--config-file', file, '--allow-no-auth', 'start'],
    stopSignal: 'SIGTERM',
    isReady: () => answers(address),
  };
  return { launch, address };
}

const SCHEMAS = { temporal: 'postgresql/v12/temporal', temporal_visibility: 'postgresql/v12/visibility' };

async function makeStore({ sqlTool }: TemporalPrograms, url: string, database: string, schema: string) {
  const { hostname, port, username, password } = new URL(url);
  const env = {
    SQL_PLUGIN: 'postgres12',
    SQL_HOST: hostname,
    SQL_PORT: port,
    SQL_USER: username,
    SQL_PASSWORD: password,
    SQL_DATABASE: database,
  };
  await run(sqlTool, ['create-database'], { env });
  await run(sqlTool, ['setup-schema', '--version', '0.0'], { env });
  await run(sqlTool, ['update-schema', '--schema-name', schema], { env });
}

/** Once a workflow can be asked for, which frontend, history and the store answer together. */
async function answers(address: string): Promise<boolean> {
  const connection = await Connection.connect({ address, connectTimeout: 1_000 });
  try {
    await new Client({ connection, namespace: 'temporal-system' }).workflow.getHandle('nobody').describe();
    return true;
  } catch (error) {
    return error instanceof WorkflowNotFoundError;
  } finally {
    await connection.close();
  }
}

const configOf = (postgres: URL, grpcPort: number, ports: number[]) => ({
  log: { stdout: true, level: 'error' },
  persistence: {
    defaultStore: 'default',
    visibilityStore: 'visibility',
    numHistoryShards: HISTORY_SHARDS,
    datastores: {
      default: { sql: storeOf(postgres, 'temporal') },
      visibility: { sql: storeOf(postgres, 'temporal_visibility') },
    },
  },
  global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
  services: servicesOf(grpcPort, ports),
  clusterMetadata: {
    enableGlobalNamespace: false,
    failoverVersionIncrement: 10,
    masterClusterName: 'active',
    currentClusterName: 'active',
    clusterInformation: {
      active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: `127.0.0.1:${grpcPort}` },
    },
  },
});

const storeOf = ({ host, username, password }: URL, databaseName: string) => ({
  pluginName: 'postgres12',
  databaseName,
  connectAddr: host,
  connectProtocol: 'tcp',
  user: username,
  password,
  maxConns: 20,
  maxIdleConns: 20,
  maxConnLifetime: '1h',
});

function servicesOf(grpcPort: number, ports: number[]) {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0] = ports;
  const service = (grpc: number, membershipPort: number) => ({
    rpc: { grpcPort: grpc, membershipPort, bindOnLocalHost: true },
  });
  return { frontend: service(grpcPort, a), matching: service(b, c), history: service(d, e), worker: service(f, g) };
}
