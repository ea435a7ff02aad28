import { expect, test } from '@jest/globals';
import { site, usePages, visit } from './use-pages.ts';

usePages();

test('how often a customer is given a trial is chosen in the settings [R4.5]', async () => {
  const { page } = visit;
  await page.goto('/settings');
  expect(await page.getByLabel('once for each offer').isChecked()).toBe(true);

  await page.getByLabel('once, whatever the offer').check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('has been saved').waitFor();

  expect((await site.owner.get('/v1/settings')).body).toMatchObject({ trialOnce: 'site' });
  expect(await page.getByLabel('once, whatever the offer').isChecked()).toBe(true);
});
