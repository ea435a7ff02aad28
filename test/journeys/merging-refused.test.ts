import { expect, test } from '@jest/globals';
import { mergeContacts } from '../../activities/people/merge-contacts.ts';
import { aBlock, anExpert } from '../builders/rows.ts';
import { eventually } from '../ground/eventually.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { aSite, type Offer, type Site } from './a-site.ts';
import { contact, merge, mergeSoon, twoOfOne } from './two-contacts.ts';
import { town, useTown } from './use-town.ts';

useTown();

const contactOf = async (site: Site, id: string) => (await site.read(id)).contactId;

/** Two people, each of whom has bought an offer. */
async function each(site: Site, first: Offer, second: Offer) {
  const [old, kept] = [await site.buy(first), await site.buy(second)];
  return { old, kept, goes: await contactOf(site, old), stays: await contactOf(site, kept) };
}

const codeOf = async (answer: ReturnType<typeof merge>) => {
  const { status, body } = await answer;
  return [status, body.code];
};

test('what a person has once keeps two from being merged, and the preview names it', async () => {
  const site = await aSite(town);
  const [offer, group] = [await site.offer(), { group: 'plans' }];
  const same = await each(site, offer, offer);
  const grouped = await each(
    site,
    await site.offer({ name: 'A', ...group }),
    await site.offer({ name: 'B', ...group }),
  );

  for (const [{ old, kept, goes, stays }, kind] of [
    [same, 'already_live'] as const,
    [grouped, 'group_taken'] as const,
  ]) {
    const preview = await merge(site, goes, stays, { dryRun: true });
    expect(preview).toHaveProperty('body.conflicts', [{ kind, purchaseId: old, otherPurchaseId: kept }]);
    const refused = await merge(site, goes, stays);
    expect(refused).toMatchObject({ status: 409, body: { code: kind, purchaseIds: [old, kept] } });
  }

  await site.ask(same.kept, 'cancel', { when: 'now' });
  expect(await codeOf(merge(site, same.goes, same.stays))).toEqual([202, undefined]);
  expect(await mergeSoon(site, same.goes)).toBe('done');
  expect(await contactOf(site, same.old)).toBe(same.stays);
});

test('a test customer becomes part of nobody real, nor the other way round', async () => {
  const site = await aSite(town);
  const make = async (isTest: boolean) =>
    (await site.must(site.owner.post('/v1/contacts', { email: `${isTest}@one.example`, isTest }), 201)).id;
  const [tried, real] = [await make(true), await make(false)];

  expect(await codeOf(merge(site, tried, real))).toEqual([409, 'test_customer']);
  expect(await codeOf(merge(site, real, tried))).toEqual([409, 'test_customer']);
});

test('nobody has two seats of one block', async () => {
  const site = await aSite(town);
  const em = town.deps.orm.em.fork();
  const expertId = await anExpert(em, site.accountId);
  const blockId = await aBlock(em, { accountId: site.accountId, expertId });
  const offer = (name: string) => site.offer({ name, officeHours: true });
  const { old, kept, goes, stays } = await each(site, await offer('A'), await offer('B'));
  for (const purchaseId of [old, kept])
    await site.must(site.owner.post(`/v1/office-hours/${blockId}/seats`, { purchaseId, date: '2027-02-03' }));

  expect(await codeOf(merge(site, goes, stays))).toEqual([409, 'already_booked']);
});

test('neither oneself nor a stranger, nor whoever is erased, being erased, merged or being so', async () => {
  const [site, other] = [await aSite(town), await aSite(town)];
  const { goes, stays } = await twoOfOne(site);
  const [one, two, three] = [
    await contact(site, site.newEmail()),
    await contact(site, site.newEmail()),
    await contact(site, site.newEmail()),
  ];
  const stranger = await contact(other, site.newEmail());

  expect(await codeOf(merge(site, one, one))).toEqual([422, 'validation_failed']);
  expect(await codeOf(merge(site, one, stranger))).toEqual([422, 'validation_failed']);
  expect(await codeOf(merge(other, one, stranger))).toEqual([404, 'not_found']);
  for (const role of ['support', 'assistant'] as const) {
    const body = { intoContactId: two, dryRun: true };
    expect(await site.clients[role].post(`/v1/contacts/${one}/merge`, body)).toMatchObject({ status: 403 });
  }
  const { body: seen } = await merge(site, one, two, { dryRun: true });
  await site.must(site.owner.patch(`/v1/contacts/${one}`, { name: 'Ada' }));
  expect(await codeOf(merge(site, one, two, { planHash: seen.planHash }))).toEqual([409, 'preview_stale']);
  expect(await codeOf(merge(site, goes, stays))).toEqual([202, undefined]);
  expect(await codeOf(merge(site, goes, one))).toEqual([409, 'contact_merged']);
  expect(await codeOf(merge(site, one, goes))).toEqual([409, 'contact_merged']);
  expect(await codeOf(merge(site, stays, one))).toEqual([409, 'wrong_state']);
  expect(await site.owner.post(`/v1/contacts/${stays}/erase`, {})).toMatchObject({ status: 409 });
  expect(await site.owner.post(`/v1/contacts/${goes}/erase`, {})).toMatchObject({
    status: 409,
    body: { code: 'contact_merged', mergedInto: stays },
  });
  await mergeSoon(site, goes);
  await site.must(site.owner.post(`/v1/contacts/${two}/erase`, {}), 202);
  expect(await codeOf(merge(site, two, one))).toEqual([409, 'wrong_state']);
  expect(await codeOf(merge(site, one, two))).toEqual([409, 'wrong_state']);
  expect(await codeOf(merge(site, stays, three))).toEqual([202, undefined]);
  expect(await mergeSoon(site, stays)).toBe('done');
  expect(await site.must(site.owner.get(`/v1/contacts/${goes}`))).toMatchObject({ merge: { intoContactId: three } });
});

test('where one purchase cannot go, the others come back, and it may be asked for anew', async () => {
  const site = await aSite(town);
  const [offer, email] = [await site.offer(), site.newEmail()];
  const other = await site.buy(await site.offer({ name: 'Other' }), { email });
  const old = await site.buy(offer, { email });
  const kept = await site.buy(await site.offer({ name: 'Kept' }));
  const [goes, stays] = [await contactOf(site, old), await contactOf(site, kept)];
  const stayingEmail = (await site.must<{ email: string }>(site.owner.get(`/v1/contacts/${stays}`))).email;
  const open = await site.checkOut(offer, stayingEmail);

  // Paid while a verb holds the other one up: both cannot be theirs.
  const path = `/v1/subscriptions/${await site.subscriptionOf(old)}`;
  await control(town.sandbox, 'POST', '/faults', { kind: '429', method: 'POST', path });
  await site.must(site.owner.post(`/v1/purchases/${old}/pause`, {}), 202);
  await site.must(merge(site, goes, stays), 202);
  await site.pay(open.sessionId);
  await eventually(() => site.must(site.owner.get(`/v1/purchases/${open.purchaseId}`)));
  await control(town.sandbox, 'DELETE', '/faults');

  expect(await mergeSoon(site, goes)).toBe('refused');
  for (const id of [old, other]) expect(await contactOf(site, id)).toBe(goes);
  expect(await site.must(site.owner.get(`/v1/contacts/${goes}`))).toMatchObject({ email, merge: { state: 'refused' } });
  const { id: again } = await site.must<{ id: string }>(site.owner.patch(`/v1/contacts/${goes}`, { name: 'Ada' }));
  expect(again).toBe(goes);
  await site.ask(open.purchaseId, 'cancel', { when: 'now' });
  await site.must(merge(site, goes, stays), 202);
  expect(await mergeSoon(site, goes)).toBe('done');
  for (const id of [old, other]) expect(await contactOf(site, id)).toBe(stays);
});

test('a password that nobody has proved to be theirs does not open what is merged into them', async () => {
  const site = await aSite(town);
  const { goes, stays } = await twoOfOne(site);
  const em = town.deps.orm.em.fork();
  await em.execute(`update contacts set password_hash = 'x' where id = ?`, [stays]);

  const preview = await merge(site, goes, stays, { dryRun: true });
  await merge(site, goes, stays);
  await mergeContacts(town.deps);

  expect(preview).toHaveProperty('body.ends.unprovenPassword', true);
  const [row] = await em.execute<{ password_hash: null }[]>('select password_hash from contacts where id = ?', [stays]);
  expect(row?.password_hash).toBeNull();
});
