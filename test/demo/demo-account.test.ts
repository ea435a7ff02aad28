import { expect, test } from '@jest/globals';
import { Account } from '../../db/entities/account.ts';
import { ApiKey } from '../../db/entities/api-key.ts';
import { Offer } from '../../db/entities/offer.ts';
import { Product } from '../../db/entities/product.ts';
import { seedDemo } from '../../demo/demo-account.ts';
import { orm, useOrm } from '../ground/orm.ts';

useOrm();

const demo = { apiKey: 'a-key-of-the-demo', operatorKey: 'a-key-of-its-operator', adminPassword: 'a-password' };

test('the demo is made once, however often it is seeded, and its clock stays where it is', async () => {
  const first = await seedDemo(orm.em.fork(), { ...demo, now: '2027-01-31T09:41:00.000Z' });
  const again = await seedDemo(orm.em.fork(), { ...demo, now: '2027-02-03T10:00:00.000Z' });

  const em = orm.em.fork();
  expect(again).toEqual(first);
  expect(first.adminEmail).toBe('demo@perennial.test');
  const account = await em.findOneOrFail(Account, { id: first.accountId });
  expect(account).toMatchObject({ mode: 'test', name: 'Demo Studio', clockAt: '2027-01-31T09:00:00.000Z' });
  const { accountId, platformAccountId } = first;
  expect([await em.count(Product, { accountId }), await em.count(Offer, { accountId })]).toEqual([2, 2]);
  expect(await em.findOneOrFail(Account, { isPlatform: true })).toMatchObject({ id: platformAccountId, mode: 'test' });
  expect(await em.count(ApiKey)).toBe(2);
});

test('no key is kept itself', async () => {
  const keys = await orm.em.fork().find(ApiKey, {});

  expect(keys.map(({ keyHash }) => keyHash)).not.toContain(demo.apiKey);
  expect(JSON.stringify(keys)).not.toContain(demo.apiKey);
});
