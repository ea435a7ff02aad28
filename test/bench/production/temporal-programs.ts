import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { findOnPath } from '../../../sandbox/temporal/temporal-cli.ts';

const run = promisify(execFile);

const VERSION = '1.32.0';
const MODULE = 'go.temporal.io/server';

/** Paths of the Temporal server and of the tool that makes its tables. */
export type TemporalPrograms = { server: string; sqlTool: string };

type Search = { cacheDir: string; say: (line: string) => void };

/**
 * Out of the cache, else built into it from the Go module, which keeps two cores busy for some
 * minutes.
 * @throws where they are not in the cache and there is no Go
 */
export async function temporalPrograms({ cacheDir, say }: Search): Promise<TemporalPrograms> {
  const folder = resolve(cacheDir, `temporal-server-${VERSION}`);
  if (!existsSync(folder)) {
    if (!(await findOnPath('go')))
      throw new Error(`The Temporal server for Postgres is built with Go, which is not on PATH; see https://go.dev.`);
    say(`building the Temporal server ${VERSION} with Go (once, into the cache; this takes some minutes)`);
    await build(folder);
  }
  return { server: join(folder, 'server'), sqlTool: join(folder, 'sql') };
}

// In a folder of this run's own that ends in one rename, so that the cache holds both or none.
async function build(folder: string): Promise<void> {
  await mkdir(join(folder, '..'), { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  const packages = ['cmd/server', 'cmd/tools/sql'].map((path) => `${MODULE}/${path}@v${VERSION}`);
  const args = ['install', '-trimpath', '-ldflags=-s -w', ...packages];
  try {
    // Whoever waits for it has the machine before it.
    await run('nice', ['-n', '19', 'go', ...args], { env: { ...process.env, GOBIN: draft }, maxBuffer: 2 ** 26 });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
