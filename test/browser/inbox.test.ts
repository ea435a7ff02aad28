import { beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { purchaseWorkflowId } from '../../workflows/ids.ts';
import { aSite } from '../journeys/a-site.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { choose, type Visit } from './a-visit.ts';
import { aWindow, site, town, usePages, visit } from './use-pages.ts';

const HOSTILE = `<script>alert(1)</script> "><img src=x onerror=alert(1)> \u202Eevil ${'long'.repeat(40)}`;

let purchaseId: string;

usePages();

/** An event of Stripe about a purchase, in a shape that this version cannot read. */
async function unreadable(ofPurchase: string | null): Promise<string> {
  const subscriptionId = ofPurchase ? await site.subscriptionOf(ofPurchase) : `sub_${uuid()}`;
  const object = { object: 'subscription', id: subscriptionId, metadata: {}, description: HOSTILE };
  const event = { id: `evt_${uuid()}`, object: 'event', type: 'customer.subscription.updated', data: { object } };
  const { rowId } = await town.deps.events.store({
    source: ofPurchase ? 'platform' : 'acct_stranger',
    externalId: event.id,
    kind: event.type,
    at: '2027-01-31T10:00:00.000Z',
    body: Buffer.from(JSON.stringify({ ...event, created: 1_801_389_600, livemode: false })),
    isLivemode: false,
    refs: [subscriptionId],
    pointsAt: purchaseId,
    customerId: null,
    names: [],
  });
  if (ofPurchase) await town.deps.wakes.wake(ofPurchase, { kind: 'test', rowId });
  return rowId;
}

const byHand = (verb: string) =>
  town.deps.temporal.client.workflow
    .getHandle(purchaseWorkflowId(purchaseId))
    .executeUpdate<{ commandId: string }, [object]>('command', { args: [{ verb, operatorId: uuid() }] });

const textOf = (visit: Visit) => visit.page.locator('main').innerText();

describe('before anything has happened', () => {
  test('both lists say where something would come from', async () => {
    await visit.page.goto('/webhooks');
    expect(await textOf(visit)).toContain('There are no webhooks yet');
    await visit.page.goto('/commands');
    expect(await textOf(visit)).toContain('There are no commands yet');
  });
});

describe('webhooks', () => {
  let failed: string;

  beforeAll(async () => {
    purchaseId = await site.buy(await site.offer());
    failed = await unreadable(purchaseId);
    await site.quiet();
  }, 60_000);

  test('are listed by state, with exact counts, and filtered by what they say', async () => {
    await visit.page.goto('/webhooks');

    const { body: counts } = await site.owner.get('/v1/webhooks/counts');
    const tabs = visit.page.getByRole('navigation', { name: 'By state' });
    const { applied } = counts as unknown as { applied: number };
    expect(await tabs.innerText()).toContain(`Applied ${applied}`);
    expect(await tabs.innerText()).toContain('Failed 1');

    await choose(visit.page, 'Event', 'Payment succeeded');
    expect(await visit.page.getByRole('row').count()).toBe(2);

    await tabs.getByText('Failed').click();
    expect(await textOf(visit)).toContain('No webhooks match');
  });

  test('say why they failed and what Stripe sent, and are applied by a replay once they can be read', async () => {
    const { page } = visit;
    await page.goto('/webhooks?state=failed');
    await page.getByRole('link', { name: 'Subscription changed' }).click();

    expect(await textOf(visit)).toContain('Stripe sent something that cannot be read.');
    await page.getByText('What Stripe sent', { exact: true }).click();
    expect(await page.locator('pre').innerText()).toContain('<script>alert(1)</script>');
    await visit.look();

    // As a release does that can read it.
    const em = town.deps.orm.em.fork();
    await em.execute(
      `update inbox_bodies set body = (select b.body from inbox_bodies b join inbox i on i.id = b.inbox_id
         where i.subject_id = ? and i.kind = 'customer.subscription.updated' and i.id <> ? limit 1) where inbox_id = ?`,
      [purchaseId, failed, failed],
    );
    await page.getByRole('button', { name: 'Replay' }).click();
    expect(new URL(page.url()).searchParams.get('notice')).toBe('replayed');
    await site.quiet();
    // Without being asked for again: the page shows itself anew.
    await page.getByText('It says nothing that was not known already.', { exact: true }).waitFor();
    await site.quiet();
    expect((await site.owner.get('/v1/webhooks/counts')).body).toMatchObject({ failed: 0 });
  });

  test('show no body and no replay to support', async () => {
    const support = await aWindow({ as: 'support' });
    await support.page.goto(`/webhooks/${failed}`);

    expect(await support.page.getByText('What Stripe sent').count()).toBe(0);
    expect(await support.page.getByRole('button', { name: 'Replay' }).count()).toBe(0);
  });

  test('that belong to nobody are for operators, who have them looked for anew', async () => {
    const stray = await unreadable(null);
    const operator = await aWindow({ as: 'operator' });
    const { page } = operator;
    await page.goto('/accounts');
    await page.getByRole('button', { name: 'Open Willow' }).first().click();
    await page.goto('/webhooks');
    await page.getByRole('link', { name: 'Unmatched webhooks' }).click();

    await page.goto(`/webhooks/unmatched/${stray}`);
    await page.getByRole('button', { name: 'Replay' }).click();

    expect(await textOf(operator)).toContain('Its purchase has not been found yet. The search continues.');
    expect((await visit.page.goto(`/webhooks/${stray}`))?.status()).toBe(404);
    expect((await visit.page.goto('/webhooks/unmatched'))?.status()).toBe(403);
  });
});

describe('commands', () => {
  test('say who asked and why, with what, and what they did', async () => {
    const done = await site.ask(purchaseId, 'pause', { reason: HOSTILE, resumeAt: '2027-03-15T09:00:00Z' });
    await visit.page.goto(`/commands/${done.command.id}`);

    const text = await textOf(visit);
    expect(text).toContain('<script>alert(1)</script>');
    expect(text).toContain('Mar 15');
    expect(text).toContain('Paused, to the customer');
  });

  test('say why they were refused, and are never carried out again by themselves', async () => {
    const { commandId } = await byHand('undo-cancel');
    await site.quiet();
    await visit.page.goto('/commands?status=refused');
    await visit.page.getByRole('link', { name: 'Undo cancellation' }).click();

    expect(new URL(visit.page.url()).pathname).toBe(`/commands/${commandId}`);
    expect(await textOf(visit)).toContain('Refused; nothing was changed.');
    expect(await textOf(visit)).toContain('use the button on the page of the purchase');
    expect(await visit.page.getByRole('button', { name: 'Wake' }).count()).toBe(0);
    await visit.look();
  });

  test('that wait can be woken, and show their end by themselves', async () => {
    await control(town.sandbox, 'POST', '/faults', { kind: 'reset', method: 'POST', path: '/v1/subscriptions' });
    const { commandId } = await byHand('resume');
    const { page } = visit;
    await page.goto('/commands');
    expect(await page.getByRole('navigation', { name: 'By state' }).innerText()).toContain('Pending 1');

    await page.goto(`/commands/${commandId}`);
    await page.getByRole('button', { name: 'Wake the purchase' }).click();
    expect(await textOf(visit)).toContain('The purchase is being woken.');
    await visit.look();

    await control(town.sandbox, 'DELETE', '/faults');
    await site.press(purchaseId, 'retry');
    await page.getByRole('heading', { name: 'What it did' }).waitFor();
    expect(await textOf(visit)).toContain('Applied');
  });

  test('of another account are not there', async () => {
    const other = await aSite(town);
    const stranger = await aWindow({ at: other, as: 'owner' });
    const { body } = await site.owner.get('/v1/commands?limit=1');

    const paths = [`/commands/${body.data[0]?.id}`, `/webhooks/${uuid()}`];
    for (const path of paths) expect((await stranger.page.goto(path))?.status()).toBe(404);
    await stranger.page.goto('/commands');
    expect(await textOf(stranger)).toContain('There are no commands yet');
  });
});
