import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { aSite, type Site } from './a-site.ts';
import { asCustomer } from './as-customer.ts';
import { town, useTown } from './use-town.ts';

useTown();

type OfMonth = {
  month: string;
  offer: { name: string };
  count: number;
  undone: number;
  atStripe: number;
  reasons: { reason: string | null; count: number }[];
};

const reported = async (site: Site, query = ''): Promise<OfMonth[]> =>
  (await site.must<{ data: OfMonth[] }>(site.owner.get(`/v1/cancellation-reasons?${query}`))).data;

/** Cancels as the customer of the purchase does. */
async function leave(site: Site, id: string, body: object = {}): Promise<number> {
  const { status } = await (await asCustomer(site, id)).post(`/v1/me/purchases/${id}/cancel`, body);
  await site.quiet();
  return status;
}

test('reasons are those of the site, told to admins, and counted by offer and month with those of Stripe', async () => {
  const site = await aSite(town, { timeZone: 'Pacific/Auckland' });
  const reasons = ['No time', 'It is too expensive'];
  await site.must(site.owner.patch('/v1/settings', { selfCancel: { reasons } }));
  const studio = await site.offer();
  const [first, second, third, silent] = [
    await site.buy(studio),
    await site.buy(studio),
    await site.buy(studio),
    await site.buy(await site.offer({ name: 'Critique' })),
  ];
  const ada = await asCustomer(site, first);
  expect((await ada.get('/v1/me')).body).toMatchObject({ selfCancel: { reasons } });
  expect(await leave(site, first, { reason: 'I do not use it enough' })).toBe(422);

  expect(await leave(site, first, { reason: 'No time', feedback: 'A child was born' })).toBe(200);
  expect(await leave(site, second, { reason: 'It is too expensive' })).toBe(200);
  expect(await leave(site, silent)).toBe(200);
  await town.sandbox.stripe.subscriptions.update(await site.subscriptionOf(third), {
    cancel_at_period_end: true,
    cancellation_details: { feedback: 'too_expensive' },
  });
  await eventually(async () => (await site.read(third)).cancelAt !== null);
  // In Auckland it is the first of March by the end of these periods.
  await site.moveTo('2027-02-28T12:00:00.000Z');

  expect(await reported(site, 'from=2027-01&to=2027-03')).toMatchObject([
    { month: '2027-01', offer: { name: 'Critique' }, count: 1, undone: 0, reasons: [{ reason: null, count: 1 }] },
    {
      month: '2027-01',
      offer: { name: 'Studio' },
      count: 3,
      undone: 0,
      atStripe: 1,
      reasons: [
        { reason: 'It is too expensive', count: 2 },
        { reason: 'No time', count: 1 },
      ],
    },
  ]);
  expect((await site.timeline(first))[2]).toBe(
    '2027-01-31T09:00Z purchase.cancellation-scheduled by customer (cause: voluntary, cancelAt: 2027-02-28T09:00Z, reason: No time)',
  );
  const [notice] = (await site.emailsOf(first)).filter(({ kind }) => kind === 'admin-cancellation-scheduled');
  const { body } = await site.owner.get(`/v1/emails/${notice?.id}`);
  expect(JSON.stringify(body)).toContain('A child was born');
});

test('what is taken back, and done again in another month, is counted as it was', async () => {
  const site = await aSite(town);
  const offer = await site.offer();
  const id = await site.buy(offer);
  await leave(site, id, { reason: 'Something is missing' });
  await (await asCustomer(site, id)).post(`/v1/me/purchases/${id}/undo-cancel`, {});
  await site.moveTo('2027-02-10T09:00:00.000Z');
  await leave(site, id);
  await site.ask(id, 'cancel', { when: 'at', cancelAt: '2027-02-20T09:00:00Z' });
  await site.moveTo('2027-02-21T09:00:00.000Z');
  // What an admin ends without saying that a customer wanted it is none of theirs.
  await site.ask(await site.buy(offer), 'cancel', { when: 'now' });
  await site.ask(await site.buy(offer), 'cancel', { when: 'now', customerReason: 'By phone' });

  const [february, january] = await reported(site);
  expect(january).toMatchObject({ count: 1, undone: 1, reasons: [{ reason: 'Something is missing', count: 1 }] });
  expect(february).toMatchObject({ month: '2027-02', count: 2, undone: 0 });
  expect(await reported(site, 'to=2027-01')).toEqual([january]);
  expect(await reported(site, `offerId=${offer.id}`)).toHaveLength(2);
});

test('months are bounded, and nobody counts who may not see money', async () => {
  const site = await aSite(town);

  for (const query of ['from=2027-02&to=2027-01', 'from=2020-01&to=2027-01', 'from=2027', 'to=2027-13'])
    expect((await site.owner.get(`/v1/cancellation-reasons?${query}`)).status).toBe(422);
  expect((await site.clients.assistant.get('/v1/cancellation-reasons')).status).toBe(403);
  expect(await reported(site, 'from=2025-02&to=2027-01')).toEqual([]);
  const twice = { selfCancel: { reasons: ['No time', 'No time'] } };
  expect((await site.owner.patch('/v1/settings', twice)).status).toBe(422);
});
