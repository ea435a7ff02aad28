import { expect, test } from '@jest/globals';
import { createJobActivities } from '../../../activities/jobs/job-activities.ts';
import { createMailer } from '../../../activities/gateways/resend.ts';
import { aSentBroadcast, people } from '../../builders/broadcasts.ts';
import { PUBLIC_URL } from '../mail/a-mail-ground.ts';
import { ground, useMailGround } from '../mail/use-mail-ground.ts';

useMailGround();

const NOW = '2027-01-31T09:00:00.000Z';

/** As a worker has them, at an instant of real time. */
const activities = (now = NOW, timeoutMs = 2_000) =>
  createJobActivities({
    orm: ground.orm,
    mailer: createMailer({ apiKey: 're_test', baseUrl: ground.mailbox.url, timeoutMs }),
    publicUrl: PUBLIC_URL,
    secretKey: 'a key of tests, which has 32 letters',
    mailFrom: 'Willow <mail@willow.example>',
    now: () => now,
    faultPoint: async () => undefined,
  });

/** A broadcast to so many people who have subscribed, whose recipients are rows. */
async function aPreparedBroadcast(count: number): Promise<string> {
  await ground.sql(`update contacts set marketing_status = 'never_subscribed', unsubscribed_reason = null`);
  const em = ground.orm.em.fork();
  await people(em, ground.ids.account, count, { prefix: `s${Math.floor(performance.now() * 1000)}` });
  const { jobId } = await aSentBroadcast(em, ground.ids.account, { segment: 'subscribed' });
  while ((await activities().lookAtJob(jobId))?.next === 'prepare') await activities().prepareJob(jobId);
  return jobId;
}

const states = (jobId: string) =>
  ground.sql<{ state: string; reason: string | null; count: number }>(
    `select state, reason, count(*)::int as count from emails where job_id = ? group by 1, 2 order by 1, 2`,
    [jobId],
  );
const leave = (jobId: string) =>
  ground.sql(
    `update contacts set marketing_status = 'unsubscribed', unsubscribed_reason = 'opted_out'
     where id = (select recipient_id from emails where job_id = ? order by id limit 1)`,
    [jobId],
  );

test('recipients are rows once, however often they are asked for, and in whatever order', async () => {
  const jobId = await aPreparedBroadcast(3);

  await ground.sql('update bulk_jobs set total = null, position = null where job_id = ?', [jobId]);
  await Promise.all([activities().prepareJob(jobId), activities().prepareJob(jobId)]);

  expect(await states(jobId)).toEqual([{ state: 'queued', reason: null, count: 3 }]);
});

test('what was written stays as it is, and the frame around it is in the language of each', async () => {
  const jobId = await aPreparedBroadcast(2);
  await ground.sql(
    `update contacts set language = 'de' where id = (select recipient_id from emails where job_id = ? order by id limit 1)`,
    [jobId],
  );

  await activities().workOnJob(jobId);

  const sent = await ground.sql<{ html: string }>('select html from emails where job_id = ? order by id', [jobId]);
  expect(sent.map(({ html }) => /lang="(\w+)/.exec(html)?.[1])).toEqual(['de', 'en']);
  expect(sent.every(({ html }) => html.includes('The kiln opens on Monday.'))).toBe(true);
});

test('who unsubscribes after the recipients were found gets nothing', async () => {
  const jobId = await aPreparedBroadcast(2);
  await leave(jobId);

  await activities().workOnJob(jobId);

  expect(await states(jobId)).toEqual([
    { state: 'sent', reason: null, count: 1 },
    { state: 'suppressed', reason: 'opted_out', count: 1 },
  ]);
});

test('who leaves after a try that the provider has certainly not taken is left out of the next', async () => {
  const jobId = await aPreparedBroadcast(2);
  await ground.mailbox.fault({ kind: '500' });
  const later = await activities().workOnJob(jobId);
  await leave(jobId);

  const done = await activities().workOnJob(jobId);

  expect(later).toEqual({ kind: 'later', reason: '500 internal_server_error', afterMs: null });
  expect(done).toEqual({ kind: 'done' });
  expect(await states(jobId)).toEqual([
    { state: 'sent', reason: null, count: 1 },
    { state: 'suppressed', reason: 'opted_out', count: 1 },
  ]);
});

test('who leaves after a try of which nobody knows: taken, all are unknown; not taken, they alone get none', async () => {
  const taken = await aPreparedBroadcast(2);
  await ground.mailbox.fault({ kind: 'reset_after' });
  await activities().workOnJob(taken);
  await leave(taken);
  await activities().workOnJob(taken);
  const ends = await states(taken);
  const lost = await aPreparedBroadcast(2);
  await ground.mailbox.fault({ kind: 'reset' });
  await activities().workOnJob(lost);
  await leave(lost);
  await activities().workOnJob(lost);

  expect(ends).toMatchObject([{ state: 'unknown', count: 2 }]);
  expect(await states(lost)).toEqual([
    { state: 'sent', reason: null, count: 1 },
    { state: 'suppressed', reason: 'opted_out', count: 1 },
  ]);
});

test('an outcome that is unknown for 20 hours stays so, and the next batch goes on', async () => {
  const jobId = await aPreparedBroadcast(2);
  await ground.mailbox.fault({ kind: 'reset' });
  await activities().workOnJob(jobId);

  await activities('2027-02-01T06:00:00.000Z').workOnJob(jobId);

  expect(await states(jobId)).toEqual([{ state: 'unknown', reason: 'no_answer_in_time', count: 2 }]);
  expect(await activities().lookAtJob(jobId)).toMatchObject({ next: 'end', state: 'done' });
});

test('a canceled job first learns what became of what was sent', async () => {
  const jobId = await aPreparedBroadcast(2);
  await ground.mailbox.fault({ kind: 'reset_after' });
  await activities().workOnJob(jobId);
  await ground.sql(`update bulk_jobs set state = 'canceled' where job_id = ?`, [jobId]);

  expect(await activities().lookAtJob(jobId)).toMatchObject({ next: 'work' });
  await activities().workOnJob(jobId);

  expect(await states(jobId)).toEqual([{ state: 'sent', reason: null, count: 2 }]);
});
