import { expect, test } from '@jest/globals';
import { InboxRow } from '../../db/entities/inbox-row.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { anOffer } from '../builders/rows.ts';
import { api, owner, useApi, world } from './use-api.ts';

useApi();

const outside = () => api.client(null);
const anOfferOf = async (more: object = {}) =>
  (await anOffer(api.orm.em.fork(), world.accountId, { name: 'Course', ...more })).offerId;
const set = async (offerId: string, isOn: boolean) =>
  (await owner.put(`/v1/offers/${offerId}/activation`, { isOn })).body as unknown as { url: string | null };
const pathOf = ({ url }: { url: string | null }): string => new URL(url ?? 'http://none').pathname;
const activate = (path: string, email: string, more: object = {}) => outside().post(path, { email, ...more });

test('an address is off by default, grants while it is on, and is another one when it is on again', async () => {
  const offerId = await anOfferOf();
  expect((await owner.get(`/v1/offers/${offerId}/activation`)).body).toEqual({ url: null, since: null });

  const first = pathOf(await set(offerId, true));
  expect(pathOf(await set(offerId, true))).toBe(first);
  expect(await activate(first, 'ada@out.example')).toMatchObject({ status: 200, body: { status: 'granted' } });

  await set(offerId, false);
  expect((await activate(first, 'bob@out.example')).status).toBe(404);
  const second = pathOf(await set(offerId, true));
  expect(second).not.toBe(first);
  expect((await activate(first, 'bob@out.example')).status).toBe(404);
  expect((await activate(second, 'bob@out.example')).status).toBe(200);
});

test('whoever has the offer already is granted nothing, told nothing, and named', async () => {
  const path = pathOf(await set(await anOfferOf(), true));

  const answers = await Promise.all([1, 2, 3].map(() => activate(path, 'Eve@out.example ', { skipWelcome: true })));

  const bodies = answers.map(
    ({ body }) => body as unknown as { status: string; purchaseId: string; contactId: string },
  );
  expect(bodies.map(({ status }) => status).sort()).toEqual(['granted', 'had_it', 'had_it']);
  expect(new Set(bodies.map(({ purchaseId }) => purchaseId)).size).toBe(1);
  const em = api.orm.em.fork();
  const { purchaseId } = bodies[0]!;
  expect(await em.count(Purchase, { contactId: bodies[0]!.contactId })).toBe(1);
  const rows = await em.find(InboxRow, { subjectId: purchaseId });
  expect(rows.map(({ kind, input, actor }) => ({ kind, input, actor }))).toEqual([
    {
      kind: 'grant',
      input: { isNewCustomer: true, skipConfirmation: false, skipWelcome: true },
      actor: { kind: 'automation', id: null },
    },
  ]);
});

test('an address that we have not signed, or of an archived offer, grants nothing', async () => {
  const [offerId, other] = [await anOfferOf(), await anOfferOf()];
  const path = pathOf(await set(offerId, true));
  await set(other, true);
  const forged = path.replace(offerId, other);

  expect((await activate(forged, 'mal@out.example')).status).toBe(404);
  expect((await activate(`${path}x`, 'mal@out.example')).status).toBe(404);
  expect((await activate('/v1/public/activations/nothing', 'mal@out.example')).status).toBe(404);

  await owner.post(`/v1/offers/${offerId}/archive`, {});
  expect(await activate(path, 'mal@out.example')).toMatchObject({ status: 409, body: { code: 'archived' } });
  expect((await api.client(world.keys.support).get(`/v1/offers/${offerId}/activation`)).status).toBe(403);
});
