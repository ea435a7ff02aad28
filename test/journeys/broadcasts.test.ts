import { expect, test } from '@jest/globals';
import type { ApiBroadcast } from '../../api/mail/broadcast-schema.ts';
import type { StoredEmail } from '../../sandbox/mailbox/email.ts';
import { people } from '../builders/broadcasts.ts';
import { eventually } from '../ground/eventually.ts';
import { aSite, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const NEWS = {
  subject: 'The spring kiln opens',
  body: ['Dear {{contactName}}, the kiln of {{siteName}} opens on Monday.'],
  button: { label: 'Take a place', url: 'https://willow.example/kiln' },
};

const em = () => town.deps.orm.em.fork();

/** A site with so many who have subscribed, and four who have not. */
async function aSiteWith(count: number): Promise<Site> {
  const site = await aSite(town);
  await people(em(), site.accountId, count);
  await people(em(), site.accountId, 2, { status: 'never_subscribed', prefix: 'never' });
  await people(em(), site.accountId, 1, { status: 'unsubscribed', reason: 'opted_out', prefix: 'out' });
  await people(em(), site.accountId, 1, { status: 'unconfirmed', prefix: 'half' });
  return site;
}

const draft = (site: Site, change: object = {}): Promise<ApiBroadcast> =>
  site.must(site.owner.post('/v1/broadcasts', { segment: 'all', ...NEWS, ...change }), 201);
const read = (site: Site, id: string): Promise<ApiBroadcast> => site.must(site.owner.get(`/v1/broadcasts/${id}`));
const send = (site: Site, id: string, body: object = {}): Promise<ApiBroadcast> =>
  site.must(site.owner.post(`/v1/broadcasts/${id}/send`, body), 202);
const until = (site: Site, id: string, state: ApiBroadcast['state']): Promise<ApiBroadcast> =>
  eventually(async () => {
    const broadcast = await read(site, id);
    return broadcast.state === state && broadcast;
  }, 30_000);
const jobDo = (site: Site, { jobId }: ApiBroadcast, change: string) =>
  site.must(site.owner.post(`/v1/jobs/${jobId ?? ''}/${change}`));

/** Who has got it, each as often as it arrived. */
async function arrived(site: Site): Promise<StoredEmail[]> {
  const { data } = (await town.mailbox.control('GET', '/emails?limit=1000')) as { data: StoredEmail[] };
  return data.filter(({ to, subject }) => subject === NEWS.subject && String(to[0]).includes(site.accountId.slice(-6)));
}
const addresses = (emails: StoredEmail[]) => emails.map(({ to }) => String(to[0])).sort();

test('a broadcast goes once to each who has subscribed, a hundred in one request, and says why others got none', async () => {
  const site = await aSiteWith(230);
  const numbers = {
    inSegment: 234,
    getIt: 230,
    suppressed: [
      { reason: 'never_subscribed', count: 2 },
      { reason: 'opted_out', count: 1 },
      { reason: 'unconfirmed', count: 1 },
    ],
  };
  const before = await site.must(site.owner.post('/v1/broadcasts', { segment: 'all', ...NEWS, dryRun: true }));
  const { id } = await draft(site);
  const preview = await site.must(site.owner.post(`/v1/broadcasts/${id}/send`, { dryRun: true }));

  const begun = await send(site, id);
  const done = await until(site, id, 'done');

  expect([before, preview]).toEqual([numbers, numbers].map((one) => ({ status: 'preview', ...one })));
  expect(begun.state).toBe('running');
  expect(done.figures).toMatchObject({
    recipients: 234,
    queued: 0,
    sent: 230,
    suppressed: 4,
    suppressedBy: numbers.suppressed,
    unsubscribed: 0,
  });
  const emails = await arrived(site);
  expect(addresses(emails)).toHaveLength(230);
  expect(new Set(addresses(emails)).size).toBe(230);
  expect(new Set(emails.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(3);
  const [one] = emails;
  expect(one?.text).toMatch(/Dear Person \d+, the kiln of .* opens on Monday\./);
  expect(one?.text).toContain('https://willow.example/kiln');
  expect(one?.headers).toMatchObject({ 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });
  const job = await site.must<{ results: unknown[] }>(site.owner.get(`/v1/jobs/${done.jobId}`));
  expect(job).toMatchObject({ kind: 'send-broadcast', state: 'done', total: 234, done: 234, applied: 230, refused: 4 });
  expect(job.results).toHaveLength(234);
});

test('who leaves by its link is counted for it, and gets no other', async () => {
  const site = await aSiteWith(2);
  const { id } = await draft(site);
  await send(site, id);
  await until(site, id, 'done');
  const [one] = await arrived(site);
  const url = new URL(/<(.*)>/.exec(one?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '');

  const left = await fetch(`${town.apiUrl}${url.pathname}${url.search}`, {
    method: 'POST',
    body: 'List-Unsubscribe=One-Click',
  });
  const again = await draft(site);
  await send(site, again.id);
  const next = await until(site, again.id, 'done');

  expect(left.status).toBe(200);
  expect((await read(site, id)).figures?.unsubscribed).toBe(1);
  expect(next.figures).toMatchObject({
    sent: 1,
    suppressedBy: expect.arrayContaining([{ reason: 'opted_out', count: 2 }]),
  });
});

test('paused nothing goes on; resumed it does, and canceled the rest gets nothing', async () => {
  const site = await aSiteWith(3);
  const away = { kind: '500', times: null, to: `p-${site.accountId.slice(-6)}-0@example.com` } as const;
  await town.mailbox.fault(away);
  const { id } = await draft(site);
  await send(site, id);
  await eventually(async () => (await read(site, id)).stuckReason);

  const paused = await jobDo(site, await read(site, id), 'pause');
  await town.mailbox.control('DELETE', '/faults');
  const resumed = await jobDo(site, await read(site, id), 'resume');
  const done = await until(site, id, 'done');
  await town.mailbox.fault(away);
  const second = await draft(site);
  await send(site, second.id);
  await eventually(async () => (await read(site, second.id)).stuckReason);
  await jobDo(site, await read(site, second.id), 'cancel');
  const canceled = await eventually(async () => {
    const now = await read(site, second.id);
    return now.endedAt !== null && now;
  });
  await town.mailbox.control('DELETE', '/faults');
  const refused = await site.owner.post(`/v1/jobs/${second.jobId ?? canceled.jobId}/resume`);

  expect(paused).toMatchObject({ state: 'paused', changedBy: { kind: 'api_key' } });
  expect(resumed).toMatchObject({ state: 'running' });
  expect(done.figures).toMatchObject({ sent: 3 });
  expect(canceled).toMatchObject({ state: 'canceled', figures: { sent: 0, suppressed: 7, queued: 0 } });
  expect(canceled.figures?.suppressedBy).toContainEqual({ reason: 'canceled', count: 3 });
  expect(refused.status).toBe(409);
  expect(addresses(await arrived(site))).toHaveLength(3);
});

test('an answer that is lost is asked for again under the same key: each gets it once', async () => {
  const site = await aSiteWith(3);
  await town.mailbox.fault({ kind: 'reset_after', times: 1, to: `p-${site.accountId.slice(-6)}-0@example.com` });
  const { id } = await draft(site);

  await send(site, id);
  const done = await until(site, id, 'done');

  expect(done.figures).toMatchObject({ sent: 3 });
  expect(new Set(addresses(await arrived(site))).size).toBe(3);
  expect(await arrived(site)).toHaveLength(3);
});

test('an address that the provider refuses holds up nobody else', async () => {
  const site = await aSiteWith(2);
  await people(em(), site.accountId, 1, { prefix: 'no one' });
  const { id } = await draft(site);

  await send(site, id);
  const done = await until(site, id, 'done');

  expect(done.figures).toMatchObject({ sent: 2, failed: 1 });
  expect(await arrived(site)).toHaveLength(2);
});

test('one at an instant goes by the clock of its account; called off before, it is a draft again', async () => {
  const site = await aSiteWith(2);
  const { id } = await draft(site);
  const at = '2027-02-10T08:00:00.000Z';
  const off = await draft(site, { subject: 'Never sent' });
  await send(site, off.id, { sendAt: at });

  const scheduled = await send(site, id, { sendAt: at });
  await jobDo(site, await read(site, off.id), 'cancel');
  await site.moveTo('2027-02-09T09:00:00.000Z');
  const early = await read(site, id);
  await site.moveTo('2027-02-11T09:00:00.000Z');
  const done = await read(site, id);
  const emails = await site.must<{ data: { sentAt: string }[] }>(
    site.owner.get('/v1/emails?kind=broadcast&state=sent'),
  );

  expect(scheduled).toMatchObject({ state: 'scheduled', sendAt: at });
  expect(early.state).toBe('scheduled');
  expect(done).toMatchObject({ state: 'done', endedAt: at, figures: { sent: 2 } });
  expect(emails.data.map(({ sentAt }) => sentAt)).toEqual([at, at]);
  expect(await read(site, off.id)).toMatchObject({ state: 'draft', jobId: null });
});
