/**
 * `npm run build`: compiles the sources into dist/ and bundles the workflows, when either has
 * changed.
 */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { readConfigOrExit } from '../config.ts';
import { filesIn, hashOf } from './source-hash.ts';
import { workflowBundle } from './workflow-bundle.ts';

const run = promisify(execFile);
/** What production runs; the sandbox and the demo run from their sources. */
const folders = ['activities', 'api', 'db', 'emails', 'tracing', 'worker', 'workflows'];
const settings = ['config.ts', 'log.ts', 'memory.ts', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const target = 'dist';

/**
 * Brings dist/ up to date with the sources. Whoever starts meanwhile sees the old or the new one
 * whole.
 * @throws with the compiler's words when the sources do not parse
 */
export async function build(options: { cacheDir: string; say: (line: string) => void }): Promise<void> {
  const hash = await hashOf([...folders, ...settings]);
  if (await isBuiltFrom(hash)) return;
  options.say('building dist/ (the sources have changed)');
  const draft = `.dist-${process.pid}`;
  try {
    await Promise.all([compile(draft), copyAssets(draft), copyBundle(draft, options.cacheDir)]);
    await writeFile(join(draft, '.hash'), hash);
    if (!(await isBuiltFrom(hash))) await replace(draft);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function isBuiltFrom(hash: string): Promise<boolean> {
  const built = await readFile(join(target, '.hash'), 'utf8').catch(() => '');
  return built === hash;
}

async function compile(draft: string): Promise<void> {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const args = [compiler, '-p', 'tsconfig.build.json', '--outDir', draft];
  await run(process.execPath, args).catch((error: { stdout?: string; message: string }) => {
    throw new Error(`the sources do not compile:\n${error.stdout ?? error.message}`);
  });
}

async function copyAssets(draft: string): Promise<void> {
  const files = (await Promise.all(folders.map(filesIn))).flat();
  for (const file of files.filter((name) => !/\.(tsx?|md)$/.test(name))) {
    await mkdir(join(draft, dirname(file)), { recursive: true });
    await copyFile(file, join(draft, file));
  }
}

async function copyBundle(draft: string, cacheDir: string): Promise<void> {
  const bundle = await workflowBundle(cacheDir);
  await mkdir(draft, { recursive: true });
  await copyFile(bundle, join(draft, 'workflow-bundle.js'));
}

// Two builds may end at once: whoever finds the other's folder in its place moves it away again.
async function replace(draft: string): Promise<void> {
  const old = `${draft}-old`;
  for (let done = false; !done;) {
    await rename(target, old).catch(unless('ENOENT'));
    done = await rename(draft, target).then(() => true, unless('ENOTEMPTY', 'EEXIST'));
    await rm(old, { recursive: true, force: true });
  }
}

function unless(...codes: string[]): (error: NodeJS.ErrnoException) => false {
  return (error) => {
    if (!codes.includes(error.code ?? '')) throw error;
    return false;
  };
}

if (import.meta.main) {
  const { CACHE_DIR } = readConfigOrExit('build');
  void build({ cacheDir: CACHE_DIR, say: console.error }).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
