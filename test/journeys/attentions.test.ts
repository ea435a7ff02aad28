import { expect, test } from '@jest/globals';
import { aSite, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const REFUND_FAILS = '4000000000005126';

/** A purchase of which two refunds have failed after they were told. */
async function twoFailedRefunds(site: Site): Promise<string> {
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }), { card: REFUND_FAILS });
  const paymentId = (await site.read(id)).payments[0]?.id ?? '';
  await site.ask(id, 'refund', { paymentId, amountMinor: 900 });
  await site.ask(id, 'refund', { paymentId, amountMinor: 800 });
  await site.moveTo('2027-02-02T09:00:00.000Z');
  return id;
}

const decide = (site: Site, id: string, attentionId: string, name: 'retry' | 'abandon', by = site.owner) =>
  by.post(`/v1/purchases/${id}/attentions/${encodeURIComponent(attentionId)}/${name}`, {
    reason: 'The bank was asked',
  });

test('two things that need attention are shown side by side, queued, and decided one by one over HTTP', async () => {
  const site = await aSite(town);
  const id = await twoFailedRefunds(site);
  const [first, second] = (await site.read(id)).attentions;
  const queue = await site.must<{ data: { id: string; purchase: { id: string } }[] }>(site.owner.get('/v1/attentions'));

  expect([first, second]).toMatchObject([
    { reason: 'refund_failed', command: { verb: 'refund' } },
    { reason: 'refund_failed', command: { verb: 'refund' } },
  ]);
  // Both refunds failed at one instant, and events of one instant come in any order.
  expect(queue.data.map((one) => one.id)).toEqual([first?.id, second?.id].toSorted());
  expect(queue.data.map((one) => one.purchase.id)).toEqual([id, id]);

  const given = await decide(site, id, second?.id ?? '', 'abandon');
  await site.quiet();
  const again = await decide(site, id, second?.id ?? '', 'abandon');
  const retried = await decide(site, id, first?.id ?? '', 'retry');
  await site.quiet();

  expect([given.status, again.status, retried.status]).toEqual([200, 404, 200]);
  expect(await site.read(id)).toMatchObject({ needsAttention: false, attentions: [] });
  expect((await site.must<{ data: object[] }>(site.owner.get('/v1/attentions'))).data).toEqual([]);
  const entries = (await site.timelineOf(id)).data.filter(({ type }) => type === 'purchase.attention-ended');
  expect(entries.map(({ actor }) => actor.kind)).toEqual(['api_key', 'system']);
  expect((await site.timeline(id)).filter((line) => line.includes('refund.succeeded'))).toHaveLength(3);
});

test('only owners, administrators and operators decide', async () => {
  const site = await aSite(town);
  const id = await twoFailedRefunds(site);
  const attentionId = (await site.read(id)).attentions[0]?.id ?? '';

  const refused = await Promise.all(
    [site.clients.support, site.clients.assistant].map((by) => decide(site, id, attentionId, 'abandon', by)),
  );

  expect(refused.map(({ status }) => status)).toEqual([403, 403]);
  expect((await decide(site, id, attentionId, 'abandon', site.clients.operator)).status).toBe(200);
});
