import { expect, test } from '@jest/globals';
import { page, site, usePages, visit } from './use-pages.ts';

usePages();

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

test('a site is named, gets its color and its policies, and shows them', async () => {
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Linden Studio');
  await page.getByLabel('Color').fill('red');
  await page.getByLabel('Terms').fill('https://linden.example/terms');
  await page.getByLabel('Short name in the address').fill('Admin');
  await press('Save');

  expect(await page.getByText('Color must be a color such as #a8452a').isVisible()).toBe(true);
  expect(await page.getByText('Short name in the address is not available').isVisible()).toBe(true);
  await visit.look();

  await page.getByLabel('Color').fill('#a8452a');
  await page.getByLabel('Short name in the address').fill(`linden-${site.accountId.slice(-6)}`);
  await page.getByLabel('Postal address').fill('Lindengasse 12\n1070 Vienna');
  await press('Save');

  expect(await page.getByRole('status').first().textContent()).toContain('has been saved');
  expect((await site.owner.get('/v1/settings')).body).toMatchObject({
    siteName: 'Linden Studio',
    slug: `linden-${site.accountId.slice(-6)}`,
    color: '#a8452a',
    postalAddress: 'Lindengasse 12\n1070 Vienna',
    termsUrl: 'https://linden.example/terms',
    logoUrl: null,
  });

  await page.getByRole('link', { name: 'See it' }).click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Log in to Linden Studio');
});
