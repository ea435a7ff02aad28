import { beforeEach, expect, test } from '@jest/globals';
import { Contact } from '../../db/entities/contact.ts';
import { Email } from '../../db/entities/email.ts';
import { watchAllLimits } from '../../worker/watch-limits.ts';
import { aContact } from '../builders/rows.ts';
import { aPlanSeller, soldTo } from './a-plan.ts';
import { api, owner, world, useApi } from './use-api.ts';

useApi();

const started: string[] = [];
const wakes = { startMail: async (id: string) => void started.push(id) };
const watch = () => watchAllLimits({ orm: api.orm, wakes } as never);

/** With the one that the world begins with. */
async function haveContacts(count: number): Promise<void> {
  const em = api.orm.em.fork();
  const is = await em.count(Contact, { accountId: world.accountId });
  for (let n = is; n < count; n += 1) await aContact(em, world.accountId, { email: `more-${n}@example.com` });
  if (is > count)
    await em.execute(`delete from contacts where account_id = ? and email like 'more-%'`, [world.accountId]);
}

const toldOf = async () => {
  const emails = await api.orm.em.fork().find(Email, { accountId: world.accountId, kind: 'admin-plan-limit' });
  return emails.map(({ data }) => `${String(data.level)} ${String(data.used)}/${String(data.limit)}`).sort();
};

const tasks = async () => {
  const operator = api.client(world.keys.operator);
  const { data } = (await operator.get('/v1/operator/outreach-tasks?state=open')).body;
  return data.filter((task) => (task as unknown as { account: { id: string } }).account.id === world.accountId);
};

beforeEach(async () => {
  const seller = await aPlanSeller(api.orm, { contacts: 5 }, { contacts: 50 });
  await soldTo(seller, seller.basic, world.accountId);
});

test('the owner is told at 80 % and above 100 %, once for each crossing, and nothing is blocked [R17.3]', async () => {
  await haveContacts(3);
  await watch();
  expect(await toldOf()).toEqual([]);

  await haveContacts(4);
  await Promise.all([watch(), watch()]);
  expect(await toldOf()).toEqual(['near 4/5']);
  expect(await tasks()).toEqual([]);

  await haveContacts(6);
  await watch();
  await watch();
  expect(await toldOf()).toEqual(['near 4/5', 'over 6/5']);
  expect(started.length).toBeGreaterThanOrEqual(2);
  const granted = await owner.post('/v1/grants', { offerId: world.offerId, email: 'free@example.com' });
  expect(granted.status).toBeLessThan(300);
});

test('what is crossed again after it had fallen below is told of again, and is another task', async () => {
  await haveContacts(6);
  await watch();
  const [task] = await tasks();
  const operator = api.client(world.keys.operator);
  const done = await operator.post(`/v1/operator/outreach-tasks/${task?.id}/done`, { note: 'Moves up' });
  expect(done).toMatchObject({ status: 200, body: { note: 'Moves up', quota: 'contacts', used: 6, limit: 5 } });
  expect((await operator.post(`/v1/operator/outreach-tasks/${task?.id}/done`, {})).status).toBe(404);

  await haveContacts(1);
  await watch();
  await haveContacts(6);
  await watch();

  expect(await toldOf()).toEqual(['near 6/5', 'near 6/5', 'over 6/5', 'over 6/5']);
  expect(await tasks()).toHaveLength(1);
});
