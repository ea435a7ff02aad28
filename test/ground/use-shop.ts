import { afterAll, beforeAll } from '@jest/globals';
import { aShop, type Shop, type ShopOptions } from './shop.ts';
import { aStack, type Stack } from './stack.ts';

/** What the tests of a file share; `useShop` sets them. */
export let stack: Stack;
export let shop: Shop;

/** Opens a shop on a stack of its own for the tests of the file that calls this. */
export function useShop(options: ShopOptions = {}): void {
  beforeAll(async () => {
    stack = await aStack();
    shop = await aShop(stack, options);
  });
  afterAll(() => stack.close());
}
