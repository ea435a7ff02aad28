import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { end, startOf } from './processes.ts';
import type { ProcessRecord } from './processes.ts';

/** How one child process is started, known to be ready, and stopped. */
export type Launch = {
  name: string;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv | undefined;
  uid?: number | undefined;
  gid?: number | undefined;
  stopSignal: NodeJS.Signals;
  /** Runs before every start, such as clearing what a killed predecessor left. */
  prepare?: (() => Promise<void>) | undefined;
  /** Whether it can be used already; a throw counts as no. */
  isReady: () => Promise<boolean>;
};

type Options = {
  onLine: (name: string, line: string) => void;
  say: (line: string) => void;
  /** Called with everything that now runs, whenever that changes. */
  onChange?: (running: ProcessRecord[]) => void;
};

/**
 * Started children: each is started again when it dies by itself, and all end when the starter
 * does.
 */
export type Children = {
  start(launch: Launch): Promise<void>;
  /** Ends all, the last started first. */
  stop(): Promise<void>;
};

const graceMs = 15_000;
const readyWithinMs = 60_000;

export function keepChildren(options: Options): Children {
  const kept: Kept[] = [];
  const ending = new AbortController();
  const watchdog = startWatchdog(() => running(kept));
  const changed = () => {
    watchdog.tell();
    options.onChange?.(running(kept));
  };
  return {
    async start(launch) {
      const child: Kept = { launch, ending: ending.signal, deaths: 0, lastLines: [] };
      kept.push(child);
      await spawnOnce(child, options);
      changed();
      void restartWhenItDies(child, options, changed);
      await untilReady(child);
    },
    async stop() {
      ending.abort();
      for (const child of kept.toReversed()) if (child.record) await end(child.record, graceMs);
      await watchdog.dismiss();
    },
  };
}

type Kept = {
  launch: Launch;
  /** Aborted when everything is being stopped. */
  ending: AbortSignal;
  deaths: number;
  lastLines: string[];
  record?: ProcessRecord;
  process?: ChildProcess;
};

const running = (kept: Kept[]): ProcessRecord[] => kept.flatMap((child) => child.record ?? []);

async function spawnOnce(child: Kept, options: Options): Promise<void> {
  const { name, command, args, env, uid, gid, stopSignal, prepare } = child.launch;
  await prepare?.();
  if (child.ending.aborted) throw new Error(`${name} is not started: everything is being stopped`);
  // A session of its own: Ctrl-C in the terminal reaches the starter alone, which then ends the
  // children in order.
  const started = spawn(command, args, { env, uid, gid, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [started.stdout, started.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      child.lastLines = [...child.lastLines.slice(-9), line];
      options.onLine(name, line);
    });
  }
  const { pid } = started;
  // Recorded before anything else can happen: whoever stops everything must find it.
  if (pid !== undefined) child.record = { name, pid, startedAt: startOf(pid) ?? '', stopSignal };
  await once(started, 'spawn');
  child.process = started;
}

async function restartWhenItDies(child: Kept, options: Options, changed: () => void): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const startedAtMs = Date.now();
    if (child.process) await exitOf(child.process);
    if (child.ending.aborted) return;
    child.deaths += 1;
    if (Date.now() - startedAtMs > 60_000) attempt = 0;
    options.say(`${child.launch.name} ended unexpectedly (${reason(child.process)}); starting it again`);
    try {
      await pause(Math.min(30_000, 250 * 2 ** attempt), undefined, { signal: child.ending });
      await spawnOnce(child, options);
      changed();
    } catch (error) {
      if (!child.ending.aborted) options.say(String(error));
    }
  }
}

const reason = (child: ChildProcess | undefined) => child?.signalCode ?? `code ${child?.exitCode}`;

async function exitOf(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function untilReady(child: Kept): Promise<void> {
  const { name, isReady } = child.launch;
  const until = Date.now() + readyWithinMs;
  while (!(await isReady().catch(() => false))) {
    if (child.ending.aborted) throw new Error(`${name} was stopped before it was ready`);
    const fault =
      child.deaths > 2
        ? 'ended again and again'
        : Date.now() > until
          ? `was not ready within ${readyWithinMs / 1000} s`
          : undefined;
    if (fault) throw new Error([`${name} ${fault}. Its last words:`, ...child.lastLines].join('\n'));
    await pause(50);
  }
}

type Watchdog = { tell: () => void; dismiss: () => Promise<void> };

function startWatchdog(records: () => ProcessRecord[]): Watchdog {
  let dismissed = false;
  let watchdog = launchWatchdog();
  const tell = () => void watchdog.stdin?.write(`${JSON.stringify(records())}\n`);
  const watch = () => {
    watchdog.once('exit', () => {
      if (dismissed) return;
      watchdog = launchWatchdog();
      watch();
      tell();
    });
  };
  watch();
  return {
    tell,
    async dismiss() {
      dismissed = true;
      watchdog.stdin?.end('[]\n');
      await exitOf(watchdog);
    },
  };
}

function launchWatchdog(): ChildProcess {
  const watchdog = spawn(process.execPath, [join(import.meta.dirname, 'watchdog.ts')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.stdin.on('error', () => undefined); // it may die while we write; its successor is told everything
  return watchdog;
}
