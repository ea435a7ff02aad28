import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { aKey } from '../api/a-world.ts';
import type { Client } from '../api/a-client.ts';
import { aSite } from '../journeys/a-site.ts';
import { aTown, type Town, type TownApi } from '../journeys/a-town.ts';
import { control } from '../sandbox/stripe/sandbox.ts';

let town: Town;
let second: TownApi;

beforeAll(async () => {
  town = await aTown({ workers: 2 });
  second = await town.startApi();
});
afterAll(async () => {
  await second.close();
  await town.close();
});

/** A site, and one key of its owner at both APIs. */
async function aSiteTwice() {
  const site = await aSite(town);
  const key = await aKey(town.deps.orm.em.fork(), site.accountId, 'owner');
  return { site, owners: [town.client(key), second.client(key)] as [Client, Client] };
}

test('two workers, two APIs: the same key asked of both at once has one effect and one answer', async () => {
  const { site, owners } = await aSiteTwice();
  const id = await site.buy(await site.offer());
  const [payment] = (await site.read(id)).payments;
  const headers = { 'idempotency-key': uuid() };
  const body = { paymentId: payment?.id, amountMinor: 500 };

  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, n) => owners[n % 2 ? 1 : 0].post(`/v1/purchases/${id}/refund`, body, headers)),
  );
  await site.quiet();

  expect(new Set(answers.map(({ status, body: { command } }) => `${status} ${command.id}`)).size).toBe(1);
  expect((await site.read(id)).payments[0]?.refundedMinor).toBe(500);
});

test('two workers, two APIs: what is asked of both without a key is done as often as it is possible, and in a legal order', async () => {
  const { site, owners } = await aSiteTwice();
  const id = await site.buy(await site.offer());
  const verbs = ['pause', 'revoke', 'resume', 'restore', 'pause', 'revoke', 'resume', 'restore'];

  const answers = await Promise.all(
    verbs.map((verb, n) => owners[n % 2 ? 1 : 0].post(`/v1/purchases/${id}/${verb}`, {})),
  );
  await site.quiet();

  const applied = answers.filter(({ status }) => status === 200).map(({ body }) => body.command.id);
  const done = (await site.timeline(id)).flatMap((line) => /purchase\.(\w+) by api_key/.exec(line)?.[1] ?? []);
  expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
  expect(done.length).toBe(applied.length);
  for (const [first, then] of [
    ['paused', 'resumed'],
    ['revoked', 'restored'],
  ]) {
    const order = done.filter((type) => type === first || type === then);
    expect(order).toEqual(order.map((_, n) => (n % 2 ? then : first)));
  }
});

test('two workers, two APIs: a renewal of which both hear is one payment and one receipt', async () => {
  const { site } = await aSiteTwice();
  await control(town.sandbox, 'POST', '/faults', { kind: 'repeat', times: 20 });
  const id = await site.buy(await site.offer());
  await site.moveTo('2027-02-28T09:00:00.000Z');

  const { payments } = await site.read(id);
  const emails = await site.emails(id);

  expect(payments).toHaveLength(2);
  expect(emails.filter((line) => line.includes('payment-receipt'))).toHaveLength(1);
});
