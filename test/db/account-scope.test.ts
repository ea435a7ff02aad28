import { beforeAll, expect, test } from '@jest/globals';
import { accountIdOf, scopeTo } from '../../db/account-scope.ts';
import { Account } from '../../db/entities/account.ts';
import { Contact } from '../../db/entities/contact.ts';
import { countRows, findPage, NEWEST } from '../../db/page.ts';
import { aWorld, type World } from '../api/a-world.ts';
import { orm, useOrm } from '../ground/orm.ts';

let ours: World;
let theirs: World;
useOrm();
beforeAll(async () => {
  ours = await aWorld(orm);
  theirs = await aWorld(orm);
});

const inside = () => scopeTo(orm.em.fork(), ours.accountId);

test('what is found, counted and listed is the account’s own, whatever is asked for', async () => {
  const em = inside();
  const list = { order: NEWEST, where: {} };

  expect(accountIdOf(em)).toBe(ours.accountId);
  expect(await em.findOne(Contact, { id: theirs.contactId })).toBeNull();
  expect((await em.find(Contact, {})).map(({ id }) => id)).toEqual([ours.contactId]);
  expect(await em.findOne(Account, { id: theirs.accountId })).toBeNull();
  expect(await countRows(em, Contact, list)).toEqual({ count: 1, isOver: false });
  expect((await findPage(em, Contact, list, { limit: 10, after: null })).rows).toMatchObject([{ id: ours.contactId }]);
});

test('what is changed or deleted is the account’s own', async () => {
  const em = inside();

  expect(await em.nativeUpdate(Contact, { id: theirs.contactId }, { name: 'Eve' })).toBe(0);
  expect(await em.nativeDelete(Contact, { id: theirs.contactId })).toBe(0);
  expect(await em.nativeUpdate(Contact, { id: ours.contactId }, { name: 'Bea' })).toBe(1);
});

test('its forks and transactions are inside as well', async () => {
  const seen = await inside().transactional(async (tx) => [
    accountIdOf(tx),
    (await tx.fork().find(Contact, {})).length,
    (await tx.find(Contact, {})).length,
  ]);

  expect(seen).toEqual([ours.accountId, 1, 1]);
});

test('a unit of work that is inside no account sees all of them', async () => {
  expect(await orm.em.fork().count(Contact, {})).toBe(2);
});
