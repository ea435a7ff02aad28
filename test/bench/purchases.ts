import { aKey } from '../api/a-world.ts';
import { eventually } from '../ground/eventually.ts';
import { aShop, type Shop } from '../ground/shop.ts';
import type { BenchStack } from './bench-stack.ts';

/** A live account with so many purchases, and a key to act on them. */
export type Bought = { shop: Shop; key: string; purchaseIds: string[] };

/**
 * People who go through the sandbox's checkout; begun when what Stripe sent of it has had its
 * effect.
 */
export async function buyAll(stack: BenchStack, count: number): Promise<Bought> {
  const shop = await aShop(stack, { mode: 'live' });
  const key = await aKey(stack.deps.orm.em.fork(), shop.accountId, 'owner');
  const purchaseIds: string[] = [];
  while (purchaseIds.length < count) {
    const some = Math.min(AT_ONCE, count - purchaseIds.length);
    purchaseIds.push(...(await Promise.all(Array.from({ length: some }, () => shop.checkOut()))));
  }
  for (const id of purchaseIds) await eventually(async () => (await shop.state(id)).startedAt, 60_000);
  await quiet(shop);
  return { shop, key, purchaseIds };
}

const AT_ONCE = 8;

/** Nothing is open, and no email is still on its way: what comes next is measured by itself. */
export async function quiet({ sql, accountId }: Shop): Promise<void> {
  await eventually(async () => {
    const [left] = await sql<{ count: string }>(LEFT, [accountId, accountId]);
    return left?.count === '0';
  }, 120_000);
}

const LEFT = `
  select (select count(*) from inbox where account_id = ? and state = 'open')
    + (select count(*) from emails where account_id = ? and state = 'queued') as count`;
