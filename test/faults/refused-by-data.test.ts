import { beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { aSite, type Site } from '../journeys/a-site.ts';
import { town, useTown } from '../journeys/use-town.ts';

let site: Site;
let id: string;

useTown();
beforeAll(async () => {
  site = await aSite(town);
});

/** Postgres takes no entry of these types of a purchase while `work` goes on. */
async function without(types: string[], work: () => Promise<void>): Promise<void> {
  const sql = town.deps.orm.em.fork();
  const forbidden = types.map((type) => `'${type}'`).join(', ');
  const rule = `check (purchase_id <> '${id}' or type not in (${forbidden})) not valid`;
  await sql.execute(`alter table timeline add constraint not_here ${rule}`);
  await work();
  await sql.execute('alter table timeline drop constraint not_here');
}

const attentionsOf = async () => (await site.read(id)).attentions;
const REFUSED = { code: 'not_recordable', detail: expect.stringContaining('not_here') };

test('what Stripe says and Postgres refuses for its data fails, needs attention, and holds up nothing after it [R22.8]', async () => {
  id = await site.buy(await site.offer());
  const { subscriptions } = town.sandbox.stripe;
  const subscriptionId = await site.subscriptionOf(id);

  await without(['purchase.paused'], async () => {
    await subscriptions.update(subscriptionId, { pause_collection: { behavior: 'void' } });
    await eventually(async () => (await attentionsOf()).length > 0);
    await subscriptions.update(subscriptionId, { pause_collection: '' });
    await site.quiet();
    const canceled = await site.ask(id, 'cancel', { when: 'now' });

    expect(canceled).toMatchObject({ command: { status: 'applied' }, purchase: { billingStatus: 'canceled' } });
  });

  expect(await attentionsOf()).toMatchObject([{ reason: 'not_recordable', command: null }]);
  const { body } = await site.owner.get('/v1/webhooks?state=failed');
  expect(body.data).toMatchObject([{ purchase: { id }, detail: REFUSED.detail }]);
});

test('a command that Postgres refuses for its data fails with the reason, whether Stripe had a part in it or not [R22.8]', async () => {
  id = await site.buy(await site.offer());
  const path = `/v1/purchases/${id}`;

  await without(['purchase.paused', 'purchase.revoked'], async () => {
    const answers = [await site.owner.post(`${path}/revoke`, {}), await site.owner.post(`${path}/pause`, {})];
    await site.quiet();

    for (const answer of answers) expect(answer).toMatchObject({ status: 500, body: REFUSED });
  });

  const canceled = await site.ask(id, 'cancel', { when: 'now' });
  expect(canceled).toMatchObject({ command: { status: 'applied' } });
  const reasons = new Set((await attentionsOf()).map(({ reason }) => reason));
  expect(reasons).toEqual(new Set(['not_recordable']));
  for (const { id: attentionId } of await attentionsOf()) await site.ask(id, `attentions/${attentionId}/abandon`);
  expect(await attentionsOf()).toEqual([]);
});
