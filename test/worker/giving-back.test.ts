import { expect, test } from '@jest/globals';
import { givingBack } from '../../memory.ts';

const MB = 2 ** 20;
const residentMb = () => process.memoryUsage.rss() / MB;

test('what a piece of work leaves is given back once it is much, and its answer stays', async () => {
  const before = residentMb();
  let mostMb = 0;
  const work = givingBack(async (name: string) => {
    const filled = Buffer.alloc(400 * MB, 1);
    mostMb = Math.max(mostMb, residentMb());
    return Promise.resolve(`${name} ${filled.length / MB}`);
  });

  const answer = await work('filled');

  expect(answer).toBe('filled 400');
  expect(mostMb - before).toBeGreaterThan(300);
  expect(residentMb() - before).toBeLessThan(200);
});

test('work that fails gives back as well, and its failure stays', async () => {
  const work = givingBack(async () => {
    Buffer.alloc(400 * MB, 1);
    return Promise.reject(new Error('no answer'));
  });
  const before = residentMb();

  await expect(work()).rejects.toThrow('no answer');

  expect(residentMb() - before).toBeLessThan(200);
});
