import { setTimeout as pause } from 'node:timers/promises';

type Falsy = false | 0 | '' | null | undefined;

/**
 * Asks again and again until the answer is one; a throw counts as none yet.
 * @throws with the last failure after `withinMs`
 */
export async function eventually<T>(ask: () => T | Promise<T>, withinMs = 30_000): Promise<Exclude<T, Falsy>> {
  const until = Date.now() + withinMs;
  for (;;) {
    let failure: unknown = new Error(`nothing came within ${withinMs} ms`);
    try {
      const answer = await ask();
      if (answer) return answer as Exclude<T, Falsy>;
    } catch (error) {
      failure = error;
    }
    if (Date.now() > until) throw failure;
    await pause(25);
  }
}
