import { afterAll, afterEach, beforeAll } from '@jest/globals';
import type { StackOptions } from '../ground/stack.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { aTown, type Town } from './a-town.ts';

/** Where the tests of a file live; `useTown` sets it. */
export let town: Town;

/** Runs a town for the tests of the file that calls this; none leaves a fault of Stripe behind. */
export function useTown(options: StackOptions = {}): void {
  beforeAll(async () => {
    town = await aTown(options);
  });
  afterEach(() => control(town.sandbox, 'DELETE', '/faults'));
  afterAll(() => town.close());
}
