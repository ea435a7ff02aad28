import { execFile } from 'node:child_process';
import { access, constants, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { readConfig } from '../../config.ts';
import { findOnPath } from '../../sandbox/temporal/temporal-cli.ts';

const run = promisify(execFile);
const version = 'v0.203.0';

/**
 * Path of stripe-mock, which checks requests against Stripe's published OpenAPI:
 * STRIPE_MOCK, else on PATH, else in the cache, else built into the cache by `go install`.
 * @throws when there is none and no Go to build it; `.ci/run` sees to it that there is
 */
export async function findStripeMock(): Promise<string> {
  const named = process.env.STRIPE_MOCK;
  if (named) await access(named, constants.X_OK);
  const cached = resolve(readConfig('test').CACHE_DIR, `stripe-mock-${version}`);
  return named ?? (await findOnPath('stripe-mock')) ?? (await isThere(cached)) ?? (await install(cached));
}

const isThere = (path: string): Promise<string | undefined> =>
  access(path, constants.X_OK).then(
    () => path,
    () => undefined,
  );

async function install(target: string): Promise<string> {
  const cacheDir = join(target, '..');
  await mkdir(cacheDir, { recursive: true });
  const folder = await mkdtemp(join(cacheDir, 'stripe-mock-'));
  try {
    const env = { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod' };
    await run('go', ['install', `github.com/stripe/stripe-mock@${version}`], { env });
    await rename(join(folder, 'stripe-mock'), target);
    return target;
  } catch (error) {
    throw new Error(`stripe-mock is neither named by STRIPE_MOCK nor on PATH, and Go could not build it`, {
      cause: error,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
