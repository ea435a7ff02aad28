import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aContact } from '../builders/rows.ts';
import { eventually } from '../ground/eventually.ts';
import { aWindow, site, town, usePages } from './use-pages.ts';

usePages({ as: null });

let product: Server;
let script = '';
beforeAll(async () => {
  product = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>A lesson</title>${script}<a href="/next">Next</a>`);
  });
  await new Promise<void>((resolve) => product.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void product.close());

type Done = { kind: string; lessonId: string | null }[];

test('a page of another site reports what somebody does there, also as it is left', async () => {
  const contactId = await aContact(town.deps.orm.em.fork(), site.accountId);
  const { productIds } = await site.offer();
  const asked = site.owner.post(`/v1/contacts/${contactId}/activity-token`);
  const given = await site.must<{ script: string }>(asked, 201);
  // Nothing answers at the public address of the tests.
  script = given.script.replace(/src="[^"]+(?=\/activity)/, `src="${town.apiUrl}`);
  const doneBy = async (): Promise<Done> =>
    (await site.must<{ data: Done }>(site.owner.get(`/v1/contacts/${contactId}/activity`))).data;
  const { page } = await aWindow();
  await page.goto(`http://127.0.0.1:${(product.address() as AddressInfo).port}/`);
  const report = (kind: string, about: object) =>
    page.evaluate(`perennialActivity.report(${JSON.stringify(kind)}, ${JSON.stringify(about)})`);

  await report('lesson_completed', { productId: productIds[0], lessonId: 'one' });
  await eventually(async () => (await doneBy()).length === 1);
  await report('commented', {});
  await page.goto('about:blank');

  await eventually(async () => (await doneBy()).length === 2);
  expect((await doneBy()).map(({ kind, lessonId }) => [kind, lessonId])).toEqual([
    ['commented', null],
    ['lesson_completed', 'one'],
  ]);
});
