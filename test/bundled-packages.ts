import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { hashOf } from '../scripts/source-hash.ts';

/**
 * Packages that the tests see as one file each. Jest evaluates every module anew for every test
 * file: two thousand small modules of npm's packages cost each of them seconds.
 * Only packages that no other one asks for, or that are asked for only within this list: the same
 * class from two files would be two classes.
 */
const PACKAGES = [
  '@mikro-orm/core',
  '@mikro-orm/migrations',
  '@mikro-orm/postgresql',
  'express',
  'fast-check',
  'html-to-text',
  'ical-generator',
  'kysely',
  'node-ical',
  'pg',
  'react',
  'react-dom/server',
  'react-email',
  'react/jsx-runtime',
  'resend',
  'stripe',
  'zod',
] as const;

/** Each by the names that it exports, which a package of CommonJS does not say in its text. */
const named: Plugin = {
  name: 'named',
  setup(building) {
    building.onResolve({ filter: /^named:/ }, ({ path }) => ({
      path: path.slice('named:'.length),
      namespace: 'named',
    }));
    building.onLoad({ filter: /./, namespace: 'named' }, async ({ path }) => {
      const names = Object.keys((await import(path)) as object).filter((name) => name !== 'module.exports');
      return { contents: `export { ${names.join(', ')} } from '${path}';`, resolveDir: import.meta.dirname };
    });
  },
};

/** Its syntax highlighting for code in emails takes a second to set up, and we use none. */
const withoutPrism: Plugin = {
  name: 'without-prism',
  setup(building) {
    building.onLoad({ filter: /react-email\/dist\/components\/code-block\/prism\.mjs$/ }, () => ({
      contents: 'export const Prism = {};',
    }));
  },
};

/**
 * Bundles them, unless that has been done, and says which file stands for which package, as jest's
 * `moduleNameMapper` takes it.
 */
export async function bundledPackages(cacheDir: string): Promise<Record<string, string>> {
  const folder = resolve(cacheDir, `packages-${await hashOf(['package-lock.json', 'test/bundled-packages.ts'])}`);
  if (!existsSync(folder)) await bundle(folder);
  return Object.fromEntries(PACKAGES.map((name) => [`^${name}$`, join(folder, `${fileOf(name)}.mjs`)]));
}

async function bundle(folder: string): Promise<void> {
  const draft = `${folder}.${process.pid}`;
  await build({
    entryPoints: Object.fromEntries(PACKAGES.map((name) => [fileOf(name), `named:${name}`])),
    outdir: draft,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    external: ['pg-native'],
    plugins: [named, withoutPrism],
    banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
    logLevel: 'warning',
  });
  await rename(draft, folder).catch(() => rm(draft, { recursive: true })); // another run was first
}

const fileOf = (name: string): string => name.replaceAll(/[@/]/g, '_');
