import { beforeAll, expect, test } from '@jest/globals';
import { Admin } from '../../db/entities/admin.ts';
import { aBlock, anExpert } from '../builders/rows.ts';
import { aPlatform } from '../journeys/accounts-that-buy.ts';
import { page, site, town, usePages, visit } from './use-pages.ts';

usePages();

beforeAll(async () => {
  const { site: platform, buyFor, shipped } = await aPlatform(town);
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
