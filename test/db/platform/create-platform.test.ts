import { expect, test } from '@jest/globals';
import { scopeTo } from '../../../db/account-scope.ts';
import { Account } from '../../../db/entities/account.ts';
import { Offer } from '../../../db/entities/offer.ts';
import { platformAccount } from '../../../db/platform/platform-account.ts';
import { anAccount, aPlatformAccount } from '../../builders/rows.ts';
import { orm, useOrm } from '../../ground/orm.ts';

useOrm();

test('the platform is one account, made once with its plans and its add-on, and found from inside any other', async () => {
  const other = await anAccount(orm.em.fork());
  expect(await platformAccount(orm.em.fork())).toBeNull();

  const made = await aPlatformAccount(orm.em.fork());
  const again = await aPlatformAccount(orm.em.fork(), { name: 'Another' });

  expect(again).toEqual({ accountId: made.accountId, ownerId: null });
  const found = await platformAccount(scopeTo(orm.em.fork(), other.accountId));
  expect(found).toMatchObject({ id: made.accountId, name: 'Perennial', slug: 'perennial' });
  const offers = await orm.em.fork().find(Offer, { accountId: made.accountId }, { orderBy: { id: 'asc' } });
  const amountOf = ({ price }: Offer) => 'amountMinor' in price && price.amountMinor;
  expect(offers.map((offer) => [offer.name, offer.groupName, amountOf(offer)])).toEqual([
    ['Basic, monthly', 'plan', 14_900],
    ['Basic, yearly', 'plan', 142_800],
    ['Growth, monthly', 'plan', 19_900],
    ['Growth, yearly', 'plan', 190_800],
    ['Pro, monthly', 'plan', 39_900],
    ['Pro, yearly', 'plan', 382_800],
    ['Access, monthly', 'access', 9_900],
    ['Access, yearly', 'access', 118_800],
  ]);
  expect(offers.map(({ quotas, quotaFactor }) => [quotas.products, quotas.admins, quotaFactor])).toEqual([
    ...[3, 3, 15, 15, 100, 100].map((products, index) => [products, [1, 1, 10, 10, 25, 25][index], null]),
    ...Array(2).fill([undefined, undefined, 2]),
  ]);
  const [plans, access] = [offers.slice(0, 6), offers.slice(6)];
  expect(access.map(({ requires }) => requires)).toEqual(Array(2).fill(plans.map(({ id }) => id)));
  await expect(anAccount(orm.em.fork(), { isPlatform: true })).rejects.toThrow('accounts_platform');
  expect(await orm.em.fork().count(Account, { isPlatform: true })).toBe(1);
});
