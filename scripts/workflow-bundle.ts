import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { hashOf } from './source-hash.ts';

const dayMs = 86_400_000;

// Pure code without a state of its own, evaluated once for all workflows of a worker and frozen.
// Whatever else is in the bundle is evaluated anew for each workflow, and held in memory as long as
// the workflow waits.
export const sharedByWorkflows = [
  'workflows/purchase/pass.ts',
  'workflows/purchase/finish-verb.ts',
  'workflows/purchase/describe.ts',
];

/**
 * Path of the workflow code in one file, as a worker loads it; made only when the workflows or the
 * lock file have changed. Bundling takes seconds and much memory: done here once, ahead of time,
 * and not by every worker at its start.
 */
export async function workflowBundle(cacheDir: string): Promise<string> {
  const path = resolve(
    cacheDir,
    `workflow-bundle-${await hashOf(['workflows', 'package-lock.json', 'scripts/workflow-bundle.ts'])}.js`,
  );
  if (existsSync(path)) return path;
  // Loaded only here: it costs half a second that a start with a fresh bundle need not pay.
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: resolve('workflows/index.ts'),
    preloadModules: sharedByWorkflows.map((path) => resolve(path)),
    logger: new DefaultLogger('WARN'),
  });
  await mkdir(cacheDir, { recursive: true });
  await writeFile(`${path}.${process.pid}`, code);
  await rename(`${path}.${process.pid}`, path);
  await forgetOld(cacheDir);
  return path;
}

async function forgetOld(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    if (!name.startsWith('workflow-bundle-')) continue;
    const made = await stat(join(cacheDir, name)).catch(() => undefined);
    if (made && Date.now() - made.mtimeMs > dayMs) await rm(join(cacheDir, name), { force: true });
  }
}
