import type { Shop } from '../../ground/shop.ts';
import type { BenchStack } from '../bench-stack.ts';
import type { Bought } from '../purchases.ts';
import { clonePurchases } from './clone-purchases.ts';
import { aFewPurchases } from './templates.ts';

/** One account with many contacts and purchases, on a stack whose API answers for it. */
export type Store = {
  stack: BenchStack;
  shop: Shop;
  /** How many there are beside those that were really bought. */
  size: number;
  /** Asks the API as the account's owner; the answer's body. */
  get: (path: string) => Promise<unknown>;
};

/** What is needed to read of one account, over HTTP and by its statements. */
export type Read = Pick<Store, 'get'> & { stack: Pick<BenchStack, 'deps'>; shop: Pick<Shop, 'accountId'> };

/** Fills the account of those who bought with so many purchases more. */
export async function openStore(stack: BenchStack, { shop, key }: Bought, size: number): Promise<Store> {
  await clonePurchases(shop, { templates: await aFewPurchases(shop), count: size });
  return {
    stack,
    shop,
    size,
    async get(path) {
      const answer = await fetch(stack.apiUrl + path, { headers: { authorization: `Bearer ${key}` } });
      const body: unknown = await answer.json();
      if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(body)}`);
      return body;
    },
  };
}
