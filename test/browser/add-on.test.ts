import { expect, test } from '@jest/globals';
import { anAddOn } from '../api/an-add-on.ts';
import { aWindow, site, usePages } from './use-pages.ts';

usePages({ as: null });

test('an account sees its add-on and what was asked for, and operators what the removal would do', async () => {
  await anAddOn({ orm: site.town.deps.orm }, site.accountId);
  const { page } = await aWindow({ as: 'owner' });

  await page.goto('/settings/access');
  await page.getByRole('heading', { name: 'Access', level: 1 }).waitFor();
  const text = await page.locator('main').innerText();

  expect(text).toContain('Times 2');
  expect(text).toContain('code editor, early access');
  expect(text).toContain('Its removal was asked for on');
  expect(await page.getByRole('button', { name: 'Withdraw the request' }).count()).toBe(1);
  expect(await page.getByRole('link', { name: 'Access' }).first().getAttribute('aria-current')).toBe('page');

  const { page: operators } = await aWindow({ as: 'operator' });
  await operators.goto('/removals');
  await operators.getByRole('link', { name: 'Willow' }).first().click();
  await operators.getByRole('button', { name: 'Remove it now' }).waitFor();
  expect(await operators.locator('main').innerText()).toMatch(/\$29.00 is refunded/);
});
