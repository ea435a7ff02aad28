import { beforeAll, expect, test } from '@jest/globals';
import { scopeTo } from '../../../db/account-scope.ts';
import { isNear, nearAddresses } from '../../../db/people/near-addresses.ts';
import { aContact, anAccount, T0 } from '../../builders/rows.ts';
import { orm, useOrm } from '../../ground/orm.ts';

useOrm();

let accountId: string;

const PEOPLE = ['ada.lovelace@gmail.com', 'ada@willow.example', 'grace+news@mail.example', 'jo@mail.example'];

beforeAll(async () => {
  const em = orm.em.fork();
  ({ accountId } = await anAccount(em));
  const { accountId: other } = await anAccount(em);
  for (const email of PEOPLE) await aContact(em, accountId, { email });
  await aContact(em, accountId, { email: 'ada.lovelaca@gmail.com', customerSince: T0 });
  await aContact(em, accountId, { email: 'ada.lovelacx@gmail.com', erasedAt: T0 });
  await aContact(em, other, { email: 'ada.lovelacy@gmail.com' });
});

const near = async (address: string): Promise<string[]> =>
  (await nearAddresses(scopeTo(orm.em.fork(), accountId), address)).map(({ email }) => email);

test.each([
  [
    'two letters off, the customer first',
    'ada.lovelaxe@gmail.com',
    ['ada.lovelaca@gmail.com', 'ada.lovelace@gmail.com'],
  ],
  ['letters that were left out or added', 'ada.lvelacee@gmail.com', ['ada.lovelace@gmail.com']],
  ['a provider that was typed wrong', 'ada.lovelace@gmial.com', ['ada.lovelace@gmail.com']],
  ['another ending', 'ada.lovelace@gmail.de', ['ada.lovelace@gmail.com']],
  ['a tag of one side', 'ada+shop@willow.example', ['ada@willow.example']],
  ['a tag of the other side', 'grace@mail.example', ['grace+news@mail.example']],
  ['a short name by one letter only', 'adx@willow.example', ['ada@willow.example']],
  ['no short name by two letters', 'axx@willow.example', []],
  ['letters that stand for others in patterns', 'j_@mail.example', ['jo@mail.example']],
  ['nobody', 'somebody.else@nowhere.example', []],
])('finds %s', async (_what, asked, found) => {
  expect((await near(asked)).toSorted()).toEqual(found.toSorted());
  if (found.length === 2) expect((await near(asked))[0]).toBe('ada.lovelaca@gmail.com');
});

test('no other person of the same name at another domain', () => {
  expect(isNear('ada@willow.example', 'ada@gmail.com')).toBe(false);
});
