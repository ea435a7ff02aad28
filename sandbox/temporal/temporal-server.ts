import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import type { Launch } from '../processes/children.ts';
import { searchAttributes } from '../../workflows/search-attribute-types.ts';

const run = promisify(execFile);

type Settings = {
  /** Path of the Temporal CLI. */
  cli: string;
  /** File of its store; in memory when left out. */
  file?: string;
  port: number;
  /** Without a port for the UI there is none. */
  uiPort?: number;
  httpPort: number;
  metricsPort: number;
  namespace: string;
};

/**
 * How the Temporal dev server is started: with our search attributes, and closed runs kept for ten
 * years.
 */
export function temporalServer(settings: Settings): Launch {
  const { port, httpPort, metricsPort, namespace, uiPort, file } = settings;
  const ui = uiPort === undefined ? ['--headless'] : ['--ui-port', `${uiPort}`, '--ui-disable-news-fetch'];
  const attributes = Object.entries(searchAttributes).flatMap(([name, type]) => [
    '--search-attribute',
    `${name}=${type}`,
  ]);
  return {
    name: 'Temporal',
    command: settings.cli,
    args: [
      'server',
      'start-dev',
      '--ip',
      '127.0.0.1',
      '--port',
      `${port}`,
      '--http-port',
      `${httpPort}`,
      '--metrics-port',
      `${metricsPort}`,
      '--namespace',
      namespace,
      '--log-level',
      'error',
      ...(file === undefined ? [] : ['--db-filename', file]),
      // Twice as fast, and safe against the end of the process; see the traps in the design.
      '--sqlite-pragma',
      'journal_mode=wal',
      '--sqlite-pragma',
      'synchronous=1',
      ...['transfer', 'timer', 'visibility'].flatMap(readSoon),
      ...ui,
      ...attributes,
    ],
    env: { ...process.env, TEMPORAL_ADDRESS: '', TEMPORAL_API_KEY: '' },
    stopSignal: 'SIGINT',
    isReady: async () => (await accepts(port)) && raiseRetention(settings),
  };
}

// A history shard reads each of its task queues 20 times a second at most. A cluster has hundreds
// of shards; the dev server has one, so that every second way through a queue would wait for up to
// 50 ms.
const readSoon = (queue: string): string[] => ['--dynamic-config-value', `history.${queue}ProcessorMaxPollRPS=1000`];

// The dev server keeps closed runs for 24 hours, and a purchase that has ended must still be found
// in the UI.
async function raiseRetention({ cli, port, namespace }: Settings): Promise<boolean> {
  const where = ['--address', `127.0.0.1:${port}`, '--namespace', namespace];
  await run(cli, ['operator', 'namespace', 'update', '--retention', '3650d', ...where]);
  return true;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.end());
  });
}
