import { beforeEach, describe, expect, test } from '@jest/globals';
import { keepProgress, type Progress } from '../../sandbox/processes/progress.ts';

let written: string[];
let seconds: number;
beforeEach(() => {
  written = [];
  seconds = 0;
});

const progressOn = (isTTY: boolean, columns = 80): Progress =>
  keepProgress({ isTTY, columns, write: (text: string) => written.push(text) }, () => seconds * 1000);

/** Work that lasts until it is let go. */
function lasting(): { work: () => Promise<string>; finish: () => void } {
  let finish: () => void = () => undefined;
  const done = new Promise<string>((resolve) => (finish = () => resolve('done')));
  return { work: () => done, finish: () => finish() };
}

function secondsPass(progress: Progress, count: number): void {
  for (let n = 0; n < count; n += 1) {
    seconds += 1;
    progress.tick();
  }
}

describe('where no terminal is', () => {
  test('each second is a line of what is under way', async () => {
    const progress = progressOn(false);
    const [building, fetching] = [lasting(), lasting()];
    const all = [progress.during('building', building.work), progress.during('fetching Temporal', fetching.work)];

    secondsPass(progress, 2);
    building.finish();
    await all[0];
    secondsPass(progress, 1);

    expect(written).toEqual([
      '  1 s: building, fetching Temporal\n',
      '  2 s: building, fetching Temporal\n',
      '  3 s: fetching Temporal\n',
    ]);
  });

  test('a second in which something was said needs no other line, and nothing under way none', () => {
    const progress = progressOn(false);
    void progress.during('building', lasting().work);

    progress.say('Postgres is up');
    secondsPass(progress, 2);
    progress.end();
    secondsPass(progress, 1);

    expect(written).toEqual(['  Postgres is up\n', '  2 s: building\n']);
  });
});

test('on a terminal one line lives at the bottom, cut to its width, and is gone at the end', () => {
  const progress = progressOn(true, 20);
  void progress.during('building all of it', lasting().work);

  secondsPass(progress, 1);
  progress.say('Postgres is up');
  progress.end();

  const clear = '\r\u001b[2K';
  const [first, second] = [`${clear}  0 s: building all`, `${clear}  1 s: building all`];
  expect(written).toEqual([first, second, clear, '  Postgres is up\n', second, clear]);
});

test('what it names gives its result, or fails as the work does', async () => {
  const progress = progressOn(false);

  expect(await progress.during('reading', async () => 7)).toBe(7);
  await expect(progress.during('failing', () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk');
  secondsPass(progress, 1);
  expect(written).toEqual([]);
});
