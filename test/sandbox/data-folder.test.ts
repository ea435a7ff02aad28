import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultOfFiles, openDataFolder } from '../../sandbox/environment/data-folder.ts';

let folder: string;
let dataDir: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perennial-data-'));
  dataDir = join(folder, 'data');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

/** As `npm start` does it, on a folder that cannot be used. */
function startOn(path: string) {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, DATA_DIR: path };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['sandbox/start.ts'], { encoding: 'utf8', env });
  return { status, said: stdout + stderr };
}

describe('the data folder', () => {
  test('is made for its owner alone', async () => {
    expect(await openDataFolder(dataDir)).toBeUndefined();

    expect(await modeOf(dataDir)).toBe('700');
  });

  test.each(['secrets.json', 'processes.json'])(
    'that an earlier version left open, with its %s, is closed',
    async (file) => {
      await mkdir(dataDir, { mode: 0o755 });
      await writeFile(join(dataDir, file), '{}');

      expect(await openDataFolder(dataDir)).toBeUndefined();

      expect(await modeOf(dataDir)).toBe('700');
    },
  );

  test.each([
    ['holds files of somebody else', 0o755, 'thesis.tex'],
    ['is shared by all', 0o1777, 'secrets.json'],
  ])('that %s keeps its permissions', async (_what, mode, file) => {
    await mkdir(dataDir);
    await chmod(dataDir, mode);
    await writeFile(join(dataDir, file), '');

    await openDataFolder(dataDir);

    expect(await modeOf(dataDir)).toBe((mode & 0o777).toString(8));
  });
});

describe('a folder that cannot be used is a sentence', () => {
  test('a file, or a folder below one', async () => {
    await writeFile(dataDir, '');

    for (const path of [dataDir, join(dataDir, 'below')]) {
      const { status, said } = startOn(path);
      expect(status).toBe(1);
      expect(said).toContain(`${path} is a file, or lies below one`);
      expect(said).not.toMatch(/^\s+at /m);
    }
  });

  test('one in which nobody can write', () => {
    const { status, said } = startOn('/sys/perennial');

    expect(status).toBe(1);
    expect(said).toMatch(/Perennial did not start\.\n\S.* set DATA_DIR to /);
    expect(said).not.toMatch(/^\s+at /m);
  });

  test('a disk with too little room', async () => {
    expect(await openDataFolder(dataDir, Number.MAX_SAFE_INTEGER)).toMatch(
      /^Only \d+ MB are free on the disk that holds/,
    );
  });

  test('a disk that becomes full, told by the system or by a program that we run', async () => {
    const full = await writeFile('/dev/full', 'one byte too many').catch((error: unknown) => error);
    const byPostgres = new Error('db/migrate.js failed: could not extend file: No space left on device');

    for (const error of [full, byPostgres]) {
      expect(faultOfFiles(error, '.data')).toMatch(/^The disk that holds .data is full: make room/);
    }
  });

  test.each([
    ['EROFS', 'mounted read-only'],
    ['EACCES', 'cannot be written by this user'],
  ])('%s', (code, words) => {
    const error = Object.assign(new Error(code), { code, path: join(dataDir, 'secrets.json') });

    expect(faultOfFiles(error, dataDir)).toContain(words);
  });
});

test('a fault of another file is not said to be one of the data folder', () => {
  const error = Object.assign(new Error('EACCES: dist'), { code: 'EACCES', path: '/srv/perennial/dist' });

  expect(faultOfFiles(error, dataDir)).toBeUndefined();
});
