import { cp, link, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readConfig } from '../../config.ts';
import { build } from '../../scripts/build.ts';

type Lock = { packages: Record<string, { dev?: boolean; devOptional?: boolean; link?: boolean }> };

/** The folders of the packages that `npm ci --omit=dev` installs, by the lock file. */
export async function productionPackages(): Promise<string[]> {
  const { packages } = JSON.parse(await readFile('package-lock.json', 'utf8')) as Lock;
  const installed = Object.entries(packages).filter(
    ([, { dev, devOptional, link: isLink }]) => !dev && !devOptional && !isLink,
  );
  return installed.map(([path]) => path).filter((path) => path.startsWith('node_modules/'));
}

/** What the Dockerfile's last stage holds in its folder, laid out by links on this machine. */
export async function layOutImage(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const { CACHE_DIR: cacheDir } = readConfig('build');
  await build({ cacheDir, say: () => undefined });
  await mkdir(cacheDir, { recursive: true });
  const folder = await mkdtemp(resolve(cacheDir, 'image-')); // on the disk of node_modules: links do not reach another
  await cp('package.json', join(folder, 'package.json'));
  await cp('dist', join(folder, 'dist'), { recursive: true });
  for (const path of await productionPackages()) await linkPackage(path, join(folder, path));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A package alone: what is nested in it has a path of its own in the lock. */
async function linkPackage(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch(() => []); // of another platform
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const own = files.map((file) => file.slice(from.length + 1)).filter((file) => !file.startsWith('node_modules/'));
  for (const place of new Set(own.map((file) => dirname(file)))) await mkdir(join(to, place), { recursive: true });
  await Promise.all(own.map((file) => link(join(from, file), join(to, file))));
}
