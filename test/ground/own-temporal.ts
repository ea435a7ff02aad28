import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporalServer } from '../../sandbox/temporal/temporal-server.ts';
import { eventually } from './eventually.ts';
import { freePorts } from './ports.ts';
import type { TemporalPlace } from './stack.ts';
import { temporal } from './temporal.ts';

/** A Temporal server of one's own, which may be killed and robbed of its store. */
export type OwnTemporal = {
  place: TemporalPlace;
  /** Of its UI; null where none was wished for. */
  uiUrl: string | null;
  /** As a power cut would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Everything that it knew is gone. */
  loseStore(): Promise<void>;
  close(): Promise<void>;
};

export async function ownTemporal({ hasUi = false } = {}): Promise<OwnTemporal> {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-temporal-'));
  const [port = 0, httpPort = 0, metricsPort = 0, uiPort = 0] = await freePorts(4);
  const file = join(folder, 'temporal.sqlite');
  const ports = { port, httpPort, metricsPort, ...(hasUi && { uiPort }) };
  const launch = temporalServer({ cli: temporal.cli, file, ...ports, namespace: 'default' });
  let server: ChildProcess | undefined;
  async function start(): Promise<void> {
    server = spawn(launch.command, launch.args, { env: launch.env, stdio: 'ignore' });
    await eventually(() => launch.isReady());
  }
  async function kill(): Promise<void> {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  }
  await start();
  return {
    place: { address: `127.0.0.1:${port}`, namespace: 'default' },
    uiUrl: hasUi ? `http://127.0.0.1:${uiPort}` : null,
    kill,
    start,
    async loseStore() {
      for (const suffix of ['', '-wal', '-shm']) await rm(`${file}${suffix}`, { force: true });
    },
    async close() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
