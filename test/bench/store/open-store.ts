import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { aShop, type Shop } from '../../ground/shop.ts';
import type { BenchStack } from '../bench-stack.ts';
import { clonePurchases } from './clone-purchases.ts';
import { aFewPurchases } from './templates.ts';

/** One account with many contacts and purchases, on a stack whose API answers for it. */
export type Store = {
  stack: BenchStack;
  shop: Shop;
  /** Asks the API as the account's owner; the answer's body. */
  get: (path: string) => Promise<unknown>;
  size: () => number;
  grow: (to: number) => Promise<void>;
};

export async function openStore(stack: BenchStack): Promise<Store> {
  const shop = await aShop(stack);
  const templates = await aFewPurchases(shop);
  const key = `pk_owner_${uuid()}`;
  await shop.sql(
    `insert into api_keys (id, account_id, role, name, key_hash, created_at) values (?, ?, 'owner', 'bench', ?, now())`,
    [uuid(), shop.accountId, createHash('sha256').update(key).digest('hex')],
  );
  let size = 0;
  return {
    ...{ stack, shop },
    size: () => size,
    async grow(to) {
      await clonePurchases(shop, { templates, from: size + 1, to });
      size = to;
    },
    async get(path) {
      const answer = await fetch(stack.apiUrl + path, { headers: { authorization: `Bearer ${key}` } });
      const body: unknown = await answer.json();
      if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(body)}`);
      return body;
    },
  };
}
