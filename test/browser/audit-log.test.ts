import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { anAuditRow } from '../builders/audit.ts';
import { anAdmin, anOffer } from '../builders/rows.ts';
import { page, site, town, usePages, visit } from './use-pages.ts';

usePages();

const em = () => town.deps.orm.em.fork();
const rows = () => page.getByRole('table').first().getByRole('row');

test('what was done is found by its subject and by who did it; an entry shows each field before and after', async () => {
  const { accountId } = site;
  const { offerId } = await anOffer(em(), accountId, { name: 'Gold' });
  const adminId = await anAdmin(em(), { accountId, email: 'emmy@log.example', role: 'administrator' });
  const changed = {
    before: { 'price.amountMinor': 2900, repeatable: false },
    after: { 'price.amountMinor': 3900, repeatable: true },
  };
  await anAuditRow(em(), { accountId, subjectId: offerId, actor: { kind: 'admin', id: adminId }, ...changed });
  await anAuditRow(em(), { accountId, kind: 'form.deleted', before: null, after: null });

  await page.goto('/audit-log');
  await page.getByText('About', { exact: true }).first().click();
  await page.getByRole('radio', { name: 'Offers' }).click();
  await page.waitForURL('**subjectKind=offer**');
  expect(await rows().count()).toBe(2);
  await visit.look();
  await page.getByRole('link', { name: 'Offer changed' }).click();

  expect(await page.getByText('emmy@log.example').count()).toBe(1);
  expect(await rows().allInnerTexts()).toEqual([
    'Field\tBefore\tAfter',
    'Price, amount minor\t2900\t3900',
    'Repeatable\tNo\tYes',
  ]);
  await visit.look();
  await page.getByRole('link', { name: 'Audit log' }).first().click();
  await page.goto(`/audit-log?actorId=${adminId}`);
  expect(await rows().count()).toBe(2);
});

test('where nothing fits the page says so, and leads back to all', async () => {
  await page.goto('/audit-log?from=2020-01-01&to=2020-01-02');

  await page.getByText('Nothing like that was done.').waitFor();
  await visit.look();
  await page.getByRole('link', { name: 'Show all' }).click();
  await page.waitForURL('**/audit-log');
});

test('the download has what the filter shows, and is told itself', async () => {
  const { accountId } = site;
  await anAuditRow(em(), { accountId, kind: 'segment.deleted' });
  await page.goto('/audit-log?subjectKind=segment');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download as CSV' }).click();
  const file = await download;
  const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');

  expect(file.suggestedFilename()).toBe('audit-log.csv');
  expect(lines.map((line) => line.split(',')[3])).toEqual(['kind', 'segment.deleted']);
  await page.goto('/audit-log');
  await page.getByRole('link', { name: 'Audit log exported' }).first().waitFor();
});
