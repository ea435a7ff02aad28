import { expect, test } from '@jest/globals';
import { addDays } from '../../workflows/domain/instant.ts';
import { aSite } from './a-site.ts';
import { asCustomer } from './as-customer.ts';
import { town, useTown } from './use-town.ts';

useTown();

async function given(selfPause: object) {
  const site = await aSite(town);
  await site.must(site.owner.patch('/v1/settings', { selfPause }));
  const id = await site.buy(await site.offer());
  const ada = await asCustomer(site, id);
  const ask = async (verb: 'pause' | 'resume', body: object = {}) => {
    const { status, body: answer } = await ada.post(`/v1/me/purchases/${id}/${verb}`, body);
    await site.quiet();
    return { status, answer, code: answer.code };
  };
  const now = async () => (await site.must<{ now: string }>(site.owner.get('/v1/test-clock'))).now;
  return { site, id, ada, ask, now };
}

test('a customer pauses for as long as the site allows, and nothing is charged until it resumes by itself [R7.5]', async () => {
  const { site, id, ask, now } = await given({ isOn: true, mostDays: 45, mostAYear: 1, access: 'suspend' });
  const resumeAt = addDays(await now(), 45);

  const tooLong = await ask('pause', { resumeAt: addDays(await now(), 46) });
  const preview = await ask('pause', { dryRun: true });
  const done = await ask('pause', { planHash: preview.answer.planHash });

  expect(tooLong).toMatchObject({ status: 422, answer: { errors: [{ field: 'resumeAt' }] } });
  expect(preview).toMatchObject({ status: 200, answer: { status: 'preview', resumeAt, suspendsAccess: true } });
  expect(done).toMatchObject({ status: 200, answer: { purchase: { billingStatus: 'paused', canResume: true } } });
  expect(await site.read(id)).toMatchObject({
    billing: { pause: { access: 'suspend', resumeAt } },
    accessStatus: 'none',
  });

  await site.moveTo(resumeAt);
  expect(await site.read(id)).toMatchObject({ billingStatus: 'active', accessStatus: 'full' });
  expect((await site.read(id)).payments).toHaveLength(1);
  expect(await ask('pause')).toMatchObject({ status: 409, code: 'pauses_used_up' });
  await site.moveTo(addDays(resumeAt, 321));
  expect(await ask('pause')).toMatchObject({ status: 200 });
});

test('a customer ends their own pause, and not the site’s', async () => {
  const { site, id, ask } = await given({ isOn: true });

  await ask('pause');
  const ended = await ask('resume');
  await site.ask(id, 'pause');
  const refused = await ask('resume');

  expect(ended).toMatchObject({ status: 200, answer: { purchase: { billingStatus: 'active' } } });
  expect(refused).toMatchObject({ status: 403 });
  expect((await site.read(id)).billingStatus).toBe('paused');
});

test('pausing by oneself is off until the site says otherwise, and asked again with a key it is one pause', async () => {
  const { site, id, ada, ask } = await given({});
  expect(await ask('pause')).toMatchObject({ status: 403 });
  await site.must(site.owner.patch('/v1/settings', { selfPause: { isOn: true, mostAYear: 1 } }));

  const keyed = () => ada.post(`/v1/me/purchases/${id}/pause`, {}, { 'idempotency-key': 'once' });
  const [first, again] = [await keyed(), await keyed()];

  expect([first.status, again.status]).toEqual([200, 200]);
  const { data } = await site.must<{ data: { type: string }[] }>(site.owner.get(`/v1/purchases/${id}/timeline`));
  expect(data.filter(({ type }) => type === 'purchase.paused')).toHaveLength(1);
});
