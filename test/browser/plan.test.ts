import { beforeAll, describe, expect, test } from '@jest/globals';
import { Admin } from '../../db/entities/admin.ts';
import { aPlatform } from '../journeys/accounts-that-buy.ts';
import { page, site, town, usePages, visit } from './use-pages.ts';

describe('the plan of an account [R18.3]', () => {
  usePages();

  const ids: string[] = [];
  beforeAll(async () => {
    const { buyFor, shipped } = await aPlatform(town);
    const where = { accountId: site.accountId, role: 'owner' } as const;
    const { email } = await town.deps.orm.em.fork().findOneOrFail(Admin, where);
    await buyFor({ accountId: site.accountId, ownerEmail: email }, await shipped('Growth', 'month'));
    for (let made = 1; made <= 5; made += 1)
      ids.push((await site.owner.post('/v1/products', { name: `Course ${made}` })).body.id);
    await site.owner.put('/v1/content/pipeline/spring', { name: 'Spring launch' });
  });

  const main = () => page.locator('main');
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

  test('says what it costs, what is used of it, and what another would give', async () => {
    await page.goto('/settings');
    await page.getByRole('link', { name: 'Plan …' }).click();

    expect(await main().textContent()).toContain('Products: 5 of 15');
    expect(await main().textContent()).toContain('Active customers: 0 of 10,000');
    expect(await page.getByRole('progressbar', { name: 'products used' }).getAttribute('value')).toBe('5');
    await visit.look();
    await page.getByRole('link', { name: 'See what it means to change to Pro, monthly' }).click();
    expect(await main().textContent()).toContain('It begins at once.');
    await visit.look();
  });

  test('becomes a smaller one once it is listed and confirmed what is kept, and can be taken back', async () => {
    await page.goto('/settings/plan');
    await page.getByRole('link', { name: 'See what it means to change to Basic, monthly' }).click();
    await press('Change to Basic, monthly');
    await page.waitForURL('**?notice=planned');
    expect(await page.getByRole('status').allTextContents()).toContainEqual(
      expect.stringContaining('once it is confirmed what you keep'),
    );
    await visit.look();

    await page.getByRole('link', { name: 'Choose what you keep' }).click();
    for (const name of ['Course 1', 'Course 2', 'Course 3', 'Course 4']) await page.getByLabel(name).check();
    await press('Save the list');
    expect(await main().textContent()).toContain('You have chosen more than there will be room for.');
    await page.getByLabel('Course 4').uncheck();
    await press('Save the list');
    expect(await main().textContent()).toContain('It is not confirmed yet.');
    await visit.look();
    const { items } = (await site.owner.get('/v1/account/kept-content')).body as unknown as { items: object[] };
    expect(items).toEqual(expect.arrayContaining(ids.slice(0, 3).map((id) => ({ kind: 'product', id }))));
    await page.goto('/settings/plan');
    await press('Stay with Growth, monthly');
    await page.waitForURL('**?notice=undone');
    expect(await page.getByRole('link', { name: 'Choose what you keep' }).count()).toBe(0);
  });

  test('with no room left refuses another one, and says which plan would do', async () => {
    for (let made = 6; made <= 15; made += 1) await site.owner.post('/v1/products', { name: `Course ${made}` });

    await page.goto('/products/new');
    await page.getByLabel('Name').fill('One more');
    await press('Create product');

    const refused = await page.getByRole('alert').textContent();
    expect(refused).toContain(
      'No room for more. The plan has room for 15 products, and 15 are used. “Pro, monthly” has',
    );
    await page.getByRole('link', { name: 'See your plan' }).click();
    await page.waitForURL('**/settings/plan');
  });

  test('names the add-on that follows it to another interval, before it is changed [R27.6]', async () => {
    await site.must(site.owner.post('/v1/account/access', {}));

    await page.goto('/settings/plan');
    await page.getByRole('link', { name: 'See what it means to change to Growth, yearly' }).click();

    expect(await main().textContent()).toContain('Your add-on follows: Access, yearly, $1,188.00 a year, from');
    await visit.look();
  });
});
