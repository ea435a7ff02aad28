import { beforeAll, describe, expect, test } from '@jest/globals';
import { LIST_NAMES } from '../../db/entities/list-view.ts';
import { pages } from '../../api/pages/index.ts';
import { aListView } from '../builders/list-views.ts';
import { aContact, anAccount, aSegment } from '../builders/rows.ts';
import { fillAccount } from './a-filled-account.ts';
import type { Visit } from './a-visit.ts';
import { aWindow, page, site, town, usePages, visit } from './use-pages.ts';

usePages({ timeZone: 'Europe/Vienna' });

/** Every list, from the pages of which the router is made. */
const PATHS = pages.flatMap(({ path, download }) => (download ? [path] : []));

let operator: Visit;
beforeAll(async () => {
  await fillAccount(site);
  operator = await aWindow({ as: 'operator' });
}, 120_000);

/** A file's lines as cells; none of ours has a quoted comma here but is read as one. */
async function fileOf(path: string, from = page): Promise<string[][]> {
  const answer = await from.request.get(path);
  expect([path, answer.status(), answer.headers()['content-type']]).toEqual([path, 200, 'text/csv; charset=utf-8']);
  const lines = (await answer.text())
    .replace(/^\ufeff/, '')
    .split('\r\n')
    .slice(0, -1);
  return lines.map((line) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) => quoted ?? bare ?? ''),
  );
}

const labelsOf = async (from = page): Promise<string[]> =>
  (await from.locator('table.list').first().locator('thead th').allInnerTexts()).map((text) =>
    text.replace(/ [↑↓]$/, ''),
  );

/** Heads of what can be done with a row, which no file has. */
const STEPS = ['What to do', 'Decide', 'Lift', 'Act on it'];

const columns = async (from = page, ...labels: string[]) => {
  const chip = from.locator('details.chip').filter({ has: from.locator('summary', { hasText: 'Columns' }) });
  await chip.locator('summary').click();
  for (const label of labels) await chip.getByLabel(label, { exact: true }).click();
  await chip.getByRole('button', { name: 'Show these' }).click();
};

const views = (from = page) =>
  from.locator('details.chip').filter({ has: from.locator('summary', { hasText: /^View/ }) });

describe('a list', () => {
  test('is there for every name of which views are kept', () => {
    expect(PATHS).toHaveLength(LIST_NAMES.length);
  });

  test('and its file have the same columns and rows, wherever there is one', async () => {
    for (const path of PATHS) {
      const from = path === '/accounts' ? operator.page : page;
      await from.goto(path);
      const rows = await from.locator('table.list').first().locator('tbody tr').count();
      if ((await from.getByRole('link', { name: 'Export as CSV' }).count()) === 0) continue;
      const [heads = [], ...lines] = await fileOf(`${path}.csv`, from);

      const shown = (await labelsOf(from)).filter((label) => !STEPS.includes(label));
      expect([path, heads.filter((head) => !head.endsWith(': currency'))]).toEqual([path, shown]);
      expect([path, Math.min(lines.length, 25)]).toEqual([path, Math.min(rows, 25)]);
      expect([path, new Set(lines.map((cells) => cells.length))]).toEqual([path, new Set([heads.length])]);
    }
  });

  test('shows the columns that are chosen, and keeps them while it is filtered, sorted and paged', async () => {
    const em = town.deps.orm.em.fork();
    for (let n = 0; n < 30; n += 1)
      await aContact(em, site.accountId, { email: `c${n}@crowd.example`, name: `=C ${n}` });
    await page.goto('/contacts?q=crowd');

    await columns(page, 'Marketing', 'Customer', 'Id');
    await page.getByRole('columnheader', { name: 'Email' }).getByRole('link').click();
    await page.getByRole('link', { name: 'Next page' }).click();

    expect(await labelsOf()).toEqual(['Email', 'Name', 'Since', 'Id']);
    expect(new URL(page.url()).searchParams.get('columns')).toBe('email,name,since,id');
    expect(await page.locator('tbody tr').count()).toBe(5);
    await visit.look();
  });

  test('is in its file whole, as it is filtered, sorted and shown, and formulas are none', async () => {
    const [file, download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export as CSV' }).click(),
    ]);
    expect(download).toBeUndefined();
    expect(file.suggestedFilename()).toMatch(/^contacts-\d{4}-\d{2}-\d{2}\.csv$/);

    const [heads, ...lines] = await fileOf('/contacts.csv?q=crowd&sort=email&columns=name,id');

    expect(heads).toEqual(['Email', 'Name', 'Id']);
    expect(lines.map(([email]) => email)).toEqual(
      Array.from({ length: 30 }, (_, n) => `c${n}@crowd.example`).toSorted(),
    );
    expect(new Set(lines.map(([, name]) => name?.slice(0, 3)))).toEqual(new Set(["'=C"]));
  });

  test('of money is no file of an assistant, nor of nobody', async () => {
    const assistant = await aWindow({ as: 'assistant' });
    const guest = await aWindow();

    expect((await assistant.page.request.get('/payments.csv')).status()).toBe(403);
    expect((await assistant.page.request.get('/contacts.csv')).status()).toBe(200);
    expect((await guest.page.request.get('/contacts.csv')).url()).toContain('/sign-in');
  });
});

describe('a view', () => {
  test('is kept by a name, opened, changed and deleted; another of its name is refused beside the field', async () => {
    await page.goto('/purchases?billingStatus=active&sort=nextDue&columns=customer,paid');
    await views().locator('summary').click();
    await page.getByLabel('Name of a view').fill('Running');
    await page.getByRole('button', { name: 'Keep what is shown' }).click();
    await page.locator('summary', { hasText: 'View: Running' }).waitFor();

    await page.goto('/purchases');
    await views().locator('summary').click();
    await page.getByRole('link', { name: 'Running' }).click();
    expect(await labelsOf()).toEqual(['Customer', 'Paid']);
    expect(new URL(page.url()).searchParams.get('billingStatus')).toBe('active');

    await views().locator('summary').click();
    await page.getByLabel('Name of a view').fill('running');
    await page.getByRole('button', { name: 'Keep what is shown' }).click();
    expect(await page.locator('main').innerText()).toContain('There is a view with this name already');
    await visit.look();

    await page.goto(page.url());
    await columns(page, 'Offer');
    await views().locator('summary', { hasText: 'View: Running, changed' }).click();
    await page.getByRole('button', { name: 'Let “Running” show this' }).click();
    await page.locator('summary', { hasText: /^View: Running$/ }).waitFor();
    expect(await labelsOf()).toEqual(['Customer', 'Offer', 'Paid']);

    await views().locator('summary').click();
    await page.getByRole('button', { name: 'Delete “Running”' }).click();
    await page.locator('summary', { hasText: /^Views$/ }).waitFor();
    expect(await labelsOf()).toEqual(['Customer', 'Offer', 'Paid']);
  });

  test('for everybody is opened by support, who changes none', async () => {
    await page.goto('/contacts?segment=customers');
    await views().locator('summary').click();
    await page.getByLabel('Name of a view').fill('Who bought');
    await page.getByLabel('For everybody in the account').check();
    await page.getByRole('button', { name: 'Keep what is shown' }).click();
    await page.locator('summary', { hasText: 'View: Who bought' }).waitFor();

    const support = await aWindow({ as: 'support', javaScriptEnabled: false });
    await support.page.goto('/contacts');
    await views(support.page).locator('summary').click();
    await support.page.getByRole('link', { name: 'Who bought' }).click();

    expect(new URL(support.page.url()).searchParams.get('segment')).toBe('customers');
    await views(support.page).locator('summary').click();
    expect(await support.page.getByRole('button', { name: /Delete/ }).count()).toBe(0);
    expect(await support.page.getByLabel('For everybody in the account').count()).toBe(0);
  });

  test('that has grown old opens, and says what it left out', async () => {
    const em = town.deps.orm.em.fork();
    const segment = await aSegment(em, site.accountId);
    await em.execute('delete from segments where id = ?', [segment]);
    const query = { segment, q: 'crowd', columns: 'email,shoeSize,name', planet: 'mars' };
    const id = await aListView(em, { accountId: site.accountId, name: 'Old', list: 'contacts', query });

    await page.goto(`/contacts?open=${id}`);

    const main = await page.locator('main').innerText();
    expect(main).toContain('Left out, since this list does not know it, or not any more: segment, shoeSize, planet.');
    expect([await labelsOf(), await page.locator('tbody tr').count()]).toEqual([['Email', 'Name'], 25]);
  });

  test('of somebody else, or of another account, is not there', async () => {
    const em = town.deps.orm.em.fork();
    const { accountId } = await anAccount(em, { name: 'Other' });
    const theirs = await aListView(em, { accountId, name: 'Theirs' });
    const hers = await aListView(em, { accountId: site.accountId, name: 'Hers', ownerId: theirs });

    for (const id of [theirs, hers, 'nonsense'])
      expect([id, (await page.request.get(`/purchases?open=${id}`)).status()]).toEqual([id, 404]);
  });
});
