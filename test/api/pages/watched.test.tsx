import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import express from 'express';
import type { ApiDeps } from '../../../api/deps.ts';
import { page, type Page } from '../../../api/pages/page.ts';
import { pagesRouter } from '../../../api/pages/serve-pages.ts';
import { orm, useOrm } from '../../ground/orm.ts';

useOrm();

/** What a page served from these parts looks like. */
async function served(one: Page): Promise<string> {
  const deps: Partial<ApiDeps> = {
    orm,
    secretKey: ['a key of the tests, 32 characters'],
    publicUrl: '',
    workflowPage: () => null,
    stripePage: () => null,
  };
  const server = express()
    .use(pagesRouter([one], deps as ApiDeps))
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${one.path}`);
  const html = await answer.text();
  await new Promise((resolve) => server.close(resolve));
  return html;
}

test('a page names a state that is never newer than what it shows: a change while it is read shows it once more', async () => {
  let version = 1;
  const html = await served({
    path: '/moving',
    audience: 'public',
    state: async () => `v${version}`,
    show: async () => {
      const shown = version;
      version += 1;
      return page('Moving', <p>{`shows v${shown}`}</p>);
    },
  });

  expect(html).toContain('shows v1');
  expect(html).toContain('data-state="v1"');
});
