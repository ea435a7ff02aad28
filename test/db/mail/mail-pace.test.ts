import { beforeEach, expect, test } from '@jest/globals';
import { createTurns } from '../../../db/mail/mail-pace.ts';
import { orm, useOrm } from '../../ground/orm.ts';

useOrm();
beforeEach(() => orm.em.fork().execute('delete from mail_pace'));

/** How many of so many who ask at once may send. */
async function granted(turn: () => Promise<boolean>, asking: number): Promise<number> {
  const turns = await Promise.all(Array.from({ length: asking }, turn));
  return turns.filter((isTurn) => isTurn).length;
}

test.each([
  [1 / 3600, 1],
  [2, 2],
  [1_000, 20],
])('at %d a second, %i of 20 who ask together may send at once', async (perSecond, expected) => {
  expect(await granted(createTurns(orm, perSecond), 20)).toBe(expected);
});

test('two processes share one pace', async () => {
  const [one, other] = [createTurns(orm, 1), createTurns(orm, 1)];
  const both = await Promise.all([granted(one, 5), granted(other, 5)]);

  expect(both.toSorted()).toEqual([0, 1]);
});

test('who came too soon has a turn later', async () => {
  const turn = createTurns(orm, 1);
  await granted(turn, 5);
  expect(await turn()).toBe(false);

  await orm.em.fork().execute(`update mail_pace set free_at = free_at - interval '1 second'`);
  expect(await turn()).toBe(true);
});
