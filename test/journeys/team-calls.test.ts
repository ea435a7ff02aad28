import { expect, test } from '@jest/globals';
import { beginSession } from '../../db/people/sessions.ts';
import type { Role } from '../../workflows/domain/verb.ts';
import { aBlock, anAdmin, anExpert } from '../builders/rows.ts';
import { aPlatform } from './accounts-that-buy.ts';
import { town, useTown } from './use-town.ts';

useTown();

const WEDNESDAY = ['2027-02-03T08:00:00.000Z', '2027-02-03T08:45:00.000Z'] as const;
type Listed = { data: ({ id: string } & Record<string, unknown>)[] };

/** An account with the add-on, two of its people, and another account of the same owner. */
async function given() {
  const { site, anAccountOf, buyFor, shipped } = await aPlatform(town);
  const em = town.deps.orm.em.fork();
  const expertId = await anExpert(em, site.accountId);
  const blockId = await aBlock(em, { accountId: site.accountId, expertId, seats: 2 });
  const rosa = await anAccountOf();
  const other = await anAccountOf(rosa.ownerEmail);
  for (const account of [rosa, other]) {
    await buyFor(account, await shipped('Basic', 'month'));
    await account.owner.post('/v1/account/access', {});
  }
  await site.quiet();
  const person = async (role: Role, email: string) => {
    const adminId = await anAdmin(em, { accountId: rosa.accountId, role, email });
    return town.client((await beginSession(em, { adminId })).token);
  };
  const addOnId = String((await rosa.owner.get('/v1/account/access')).body.purchaseId);
  const [asha, sam] = [await person('assistant', 'asha@rosa.example'), await person('support', 'sam@rosa.example')];
  return { site, rosa, other, asha, sam, addOnId, expertId, blockId };
}

test('any admin books for the add-on, and the others see who did [R19.5]', async () => {
  const { site, rosa, other, asha, sam, addOnId, expertId, blockId } = await given();
  const book = { purchaseId: addOnId, expertId };

  const answers = await Promise.all([
    asha.post('/v1/account/calls', { ...book, startsAt: WEDNESDAY[0] }),
    sam.post('/v1/account/calls', { ...book, startsAt: WEDNESDAY[1] }),
  ]);
  await site.quiet();
  const won = answers.find(({ status }) => status === 200);
  const who = won === answers[0] ? 'asha@rosa.example' : 'sam@rosa.example';

  expect(answers.map(({ status, body }) => [status, body.code]).toSorted()).toEqual([
    [200, undefined],
    [409, 'no_credit'],
  ]);
  const seen = await site.must<Listed>(rosa.owner.get('/v1/account/calls'));
  expect(seen.data).toMatchObject([{ id: won?.body.id, bookedBy: who, state: 'booked' }]);
  expect((await site.must<Listed>(other.owner.get('/v1/account/calls'))).data).toEqual([]);
  expect((await other.owner.post(`/v1/account/calls/${won?.body.id}/cancel`, {})).status).toBe(404);
  const credits = await asha.get(`/v1/account/purchases/${addOnId}/credits`);
  expect(credits.body).toMatchObject({ available: 0, held: 1 });
  expect((await asha.get(`/v1/account/slots?purchaseId=${addOnId}`)).status).toBe(200);

  // Whoever booked it has the mail, also where another one cancels.
  await site.must(rosa.owner.post(`/v1/account/calls/${won?.body.id}/cancel`, {}));
  const [date] = (
    await site.must<{ data: { date: string }[] }>(sam.get(`/v1/account/office-hours?purchaseId=${addOnId}`))
  ).data;
  await site.must(sam.post(`/v1/account/office-hours/${blockId}/seats`, { purchaseId: addOnId, date: date?.date }));
  await site.quiet();
  const mails = async (email: string) => (await town.mailbox.emails(email)).map(({ subject }) => subject);
  const told = ['Your call with Ines Kolar', 'Your call with Ines Kolar is canceled'];
  expect(await mails(who)).toEqual(expect.arrayContaining(told));
  expect(await mails('sam@rosa.example')).toContain('Your seat in office hours with Ines Kolar');
  expect((await mails(rosa.ownerEmail)).filter((subject) => told.includes(subject))).toEqual([]);
});
