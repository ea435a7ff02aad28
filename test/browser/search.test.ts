import { beforeAll, describe, expect, test } from '@jest/globals';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { aPurchase } from '../api/a-world.ts';
import { aContact, aPaymentRow, anEmail, anOffer } from '../builders/rows.ts';
import { PHONE } from './a-visit.ts';
import { aWindow, page, site, town, usePages, visit } from './use-pages.ts';

usePages();

let zoe: string;
let purchaseId: string;

beforeAll(async () => {
  const { orm } = town.deps;
  const { accountId } = site;
  zoe = await aContact(orm.em.fork(), accountId, { name: 'Zoë Müller', email: 'zoe@mail.test' });
  for (let n = 0; n < 6; n += 1)
    await aContact(orm.em.fork(), accountId, { name: `Crowd ${n}`, email: `crowd-${n}@many.test`, isTest: n === 5 });
  const { offerId } = await anOffer(orm.em.fork(), accountId, { name: 'Gold' });
  purchaseId = await aPurchase(orm, { contactId: zoe, offerId });
  const card = { cardBrand: 'visa', cardLast4: '4242', isCardRead: true };
  await aPaymentRow(orm.em.fork(), { accountId, contactId: zoe, purchaseId, ...card });
  await anEmail(orm.em.fork(), { accountId, recipientId: zoe, state: 'delivered' });
});

const field = () => page.getByRole('searchbox', { name: 'Search', exact: true });
const below = () => page.locator('#search-found');
/** Seen by people, as those of `every-page.test.ts` are. */
async function picture(of: string): Promise<void> {
  const folder = join('test-output', 'screenshots');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `search-below-${of}.png`) });
}

const focused = () => page.evaluate<string>(`document.activeElement.getAttribute('href') ?? document.activeElement.id`);

describe('by keyboard alone', () => {
  test('the slash leads to the field, arrows over what is found and back, Enter opens it', async () => {
    await page.goto('/products');
    await page.keyboard.press('/');
    await page.keyboard.type('muller zoe');
    await below().getByRole('link').first().waitFor();

    expect(await below().getByRole('heading').allInnerTexts()).toEqual(['People', 'Purchases', 'Payments', 'Emails']);
    const seen = [];
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown']) {
      await page.keyboard.press(key);
      seen.push(await focused());
    }
    const [person, bought] = [`/contacts/${zoe}`, `/purchases/${purchaseId}`];
    expect(seen).toEqual([person, bought, person, 'search', 'search', person, bought]);
    await visit.look();
    await picture('desk');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${bought}`);
  });

  test('Ctrl-K leads there from within a field, Escape closes it from anywhere in it', async () => {
    await page.goto('/products/new');
    await page.getByLabel('Name').click();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('gold');
    await below().getByRole('link').first().waitFor();
    await page.keyboard.press('ArrowDown');

    await page.keyboard.press('Escape');

    expect([await below().isVisible(), await focused()]).toEqual([false, 'search']);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=gold');
    expect(await page.locator('#main').getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
      'Purchases',
      'Offers',
    ]);
    await page.getByLabel('What you remember').focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe(`/purchases/${purchaseId}`);
  });

  test('what is too short or nobody has is said where it was typed', async () => {
    await page.goto('/products');
    await field().fill('z');
    await below().getByText('Two letters or digits at least, please.').waitFor();
    await field().fill('quetzal <b>');
    await below().getByText('Nothing found for “quetzal <b>”.').waitFor();
    await field().fill('');
    await below().waitFor({ state: 'hidden' });
  });
});

test('without any script the field leads to a page, and from there on to all of a kind', async () => {
  const plain = await aWindow({ as: 'owner', javaScriptEnabled: false });
  await plain.page.goto('/products');
  await plain.page.getByRole('searchbox', { name: 'Search', exact: true }).fill('crowd');
  await plain.page.keyboard.press('Enter');
  await plain.page.waitForURL('**/search?q=crowd');

  expect(await plain.page.locator('[data-result]').count()).toBe(5);
  expect(await plain.page.getByText('Test customer').count()).toBe(1);
  await plain.page.getByRole('link', { name: 'Show all people' }).click();
  await plain.page.waitForURL('**/contacts?q=crowd&includeTest=true');
  expect(await plain.page.locator('tbody tr').count()).toBe(6);
  await plain.page.goto('/search');
  expect(await plain.page.getByText('Words of a name or an address').count()).toBe(1);
  await plain.close();
});

test('an assistant finds people and offers, and no money', async () => {
  const theirs = await aWindow({ as: 'assistant' });
  await theirs.page.goto('/search?q=zoe');

  expect(await theirs.page.locator('#main').getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(['People']);
  await theirs.close();
});

test('it is used on a phone as well', async () => {
  await page.setViewportSize(PHONE);
  await page.goto('/products');
  await field().fill('zoe');
  await below().getByRole('link').first().waitFor();
  await visit.look();
  await picture('phone');
});
