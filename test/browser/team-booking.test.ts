import { beforeAll, expect, test } from '@jest/globals';
import { Admin } from '../../db/entities/admin.ts';
import { aBlock, anExpert } from '../builders/rows.ts';
import { aPlatform } from '../journeys/accounts-that-buy.ts';
import type { Site } from '../journeys/a-site.ts';
import { aWindow, page, site, town, usePages, visit } from './use-pages.ts';

usePages();

let platform: Site;
beforeAll(async () => {
  const { site: seller, buyFor, shipped } = await aPlatform(town);
  platform = seller;
  const em = town.deps.orm.em.fork();
  const expertId = await anExpert(em, platform.accountId, { name: 'Ines Moreau' });
  await aBlock(em, { accountId: platform.accountId, expertId, seats: 2 });
  const { email } = await em.findOneOrFail(Admin, { accountId: site.accountId, role: 'owner' });
  await buyFor({ accountId: site.accountId, ownerEmail: email }, await shipped('Basic', 'month'));
  await site.must(site.owner.post('/v1/account/access', {}));
  await platform.quiet();
});

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const main = async () => (await page.locator('main').textContent()) ?? '';
const booked = async (list: 'calls' | 'seats') =>
  (await site.must<{ data: { state: string }[] }>(site.owner.get(`/v1/account/${list}`))).data.map(
    ({ state }) => state,
  );

test('a team books a call and a seat with the add-on, and gives both up [R19.5]', async () => {
  await page.goto('/settings/access');
  await page.locator('#book').getByRole('radio').first().check();
  await press('Continue');
  expect(await main()).toContain('Book this call?');
  await visit.look();
  await press('Book the call');
  await page.waitForURL('**?notice=call-booked');
  expect(await main()).toContain('No call credit is left now.');
  await page.getByRole('link', { name: 'Take a seat' }).first().click();
  await press('Take a seat');
  await page.waitForURL('**?notice=seat-booked');
  expect([await booked('calls'), await booked('seats')]).toEqual([['booked'], ['booked']]);
  await visit.look();

  await page.getByRole('link', { name: 'Cancel Call' }).click();
  await press('Cancel the call');
  await page.waitForURL('**?notice=call-canceled');
  await page.getByRole('link', { name: 'Cancel Office hours' }).click();
  await press('Give the seat up');
  await page.waitForURL('**?notice=seat-canceled');
  expect([await booked('calls'), await booked('seats')]).toEqual([['canceled'], ['canceled']]);
});

test('it is removed through the pages with money back, and added again without [R20.4, R20.5]', async () => {
  await page.goto('/settings/access');
  await page.getByLabel('Why, if you like to say').fill('We are fewer now.');
  await press('Ask for its removal');
  expect(await main()).toContain('Its removal was asked for');
  expect(await main()).not.toContain('with money back');
  await press('Withdraw the request');
  await page.getByLabel('Why, if you like to say').fill('We are fewer now.');
  await page.getByLabel('I want my money back').check();
  await press('Ask for its removal');
  expect(await main()).toContain('with money back');
  await visit.look();

  const support = await aWindow({ as: 'operator' });
  await support.page.goto('/removals');
  await support.page.locator('main').getByRole('link').first().click();
  expect(await support.page.locator('main').textContent()).toContain('$99.00 is refunded');
  await support.look();
  await support.page.getByRole('button', { name: 'Remove it now' }).click();
  await support.page.waitForURL('**/removals');
  await platform.quiet();

  await page.goto('/settings/access');
  await press('Add it');
  await platform.quiet();
  await page.goto('/settings/access');
  expect(await page.getByLabel('I want my money back').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Ask for its removal' }).count()).toBe(1);
});
