import { describe, expect, test } from '@jest/globals';
import { aSite } from '../journeys/a-site.ts';
import { PHONE } from './a-visit.ts';
import { aWindow, page, site, town, usePages, visit } from './use-pages.ts';

const HOSTILE = '"><img src=x onerror=alert(1)>';
const LONG = `Drawing${'-and-painting'.repeat(8)}`;

describe('offers and products', () => {
  usePages({ timeZone: 'America/New_York' });

  const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
  const heading = () => page.getByRole('heading', { level: 1 }).textContent();

  test('a product comes first, under any name', async () => {
    await page.goto('/offers/new');
    await page.getByRole('link', { name: 'Create a product' }).click();
    await page.getByLabel('Name').fill(HOSTILE);
    await press('Create product');

    expect(await heading()).toBe(HOSTILE);
    await page.goto('/products/new');
    await page.getByLabel('Name').fill(LONG);
    await press('Create product');
    expect(await page.getByRole('status').first().textContent()).toContain('The product has been created');
    await page.goto('/products');
    await visit.look();
  });

  test('an offer is made for an amount as people write it, and refused with the field named', async () => {
    await page.goto('/offers/new');
    await page.getByLabel('Amount').fill('twenty');
    await page.getByLabel('Trial days').fill('14');
    await page.getByLabel('Name').fill('Drawing, monthly');
    await page.getByLabel(HOSTILE).check();
    await page.getByLabel(LONG).check();
    await page.getByLabel('Access starts').fill('2027-02-14T08:30:00');
    await page.getByLabel('Days of access').fill('365');
    await page.getByLabel('Payment receipt').uncheck();
    await press('Create offer');

    expect(await page.getByText('Amount must be a number').isVisible()).toBe(true);
    expect(await page.getByLabel('Amount').inputValue()).toBe('twenty');
    expect(await page.getByLabel('Payment receipt').isChecked()).toBe(false);
    await visit.look();

    await page.getByLabel('Amount').fill('29.50');
    await press('Create offer');

    expect(await heading()).toBe('Drawing, monthly');
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const offer = await site.must<Record<string, unknown>>(site.owner.get(`/v1/offers/${id}`));
    expect(offer).toMatchObject({
      price: { kind: 'subscription', amountMinor: 2950, currency: 'usd', interval: 'month', trialDays: 14 },
      accessDays: 365,
      accessStartsAt: '2027-02-14T13:30:00.000Z',
      emailsOff: ['payment-receipt'],
    });
    expect(await page.getByText('$29.50 a month after 14 days free').isVisible()).toBe(true);
    expect(await page.getByLabel('Checkout link').inputValue()).toMatch(new RegExp(`/join/${id}$`));
  });

  test('a free offer keeps nothing that was typed about money', async () => {
    await page.goto('/offers/new');
    await page.getByLabel('Amount').fill('5');
    await page.getByLabel('Free').check();
    expect(await page.getByLabel('Amount').isVisible()).toBe(false);
    await page.getByLabel('Name').fill('A taste');
    await page.getByLabel(LONG).check();
    await press('Create offer');

    expect(await page.getByRole('term').filter({ hasText: 'Price' }).locator('+ dd').textContent()).toBe('Free');
  });

  test('a payment plan asks for its number of payments, and says what it costs', async () => {
    await page.goto('/offers/new');
    expect(await page.getByLabel('Number of payments').isVisible()).toBe(false);
    await page.getByLabel('Payment plan', { exact: true }).check();
    expect(await page.getByLabel('Trial days').isVisible()).toBe(false);
    await page.getByLabel('Amount').fill('49');
    await page.getByLabel('Number of payments').fill('13');
    await page.getByLabel('Name').fill('Drawing, in instalments');
    await page.getByLabel(LONG).check();
    await press('Create offer');
    expect(await page.getByText('Number of payments must be 12 or less').isVisible()).toBe(true);
    await page.getByLabel('Number of payments').fill('6');
    await press('Create offer');

    expect(await page.getByText('6 monthly payments of $49.00').isVisible()).toBe(true);
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    expect(await site.must(site.owner.get(`/v1/offers/${id}`))).toMatchObject({
      price: { kind: 'payment_plan', amountMinor: 4900, currency: 'usd', instalments: 6 },
    });
    await page.goto(`/join/${id}`);
    expect(await page.getByRole('list').first().textContent()).toContain(
      'Today you pay the first $49.00.$294.00 in all',
    );
    const purchase = await site.buy({ id, productIds: [] });
    await page.goto(`/purchases/${purchase}`);
    expect(await page.getByText('1 of 6 paid, $245.00 to go').first().isVisible()).toBe(true);
  });

  test('everything but the price can be changed, and the link copied', async () => {
    await page.goto('/offers');
    await page.getByRole('link', { name: 'Drawing, monthly' }).click();
    await visit.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await press('Copy');
    await page.locator('button[data-copied]').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      await page.getByLabel('Checkout link').inputValue(),
    );

    await page.getByLabel(HOSTILE).uncheck();
    await page.getByLabel('Days of access').fill('');
    await page.getByLabel('Refund window in days').fill('9999');
    await press('Save');
    expect(await page.getByText('Refund window in days must be 3650 or less').isVisible()).toBe(true);
    await page.getByLabel('Refund window in days').fill('0');
    await press('Save');

    expect(await page.getByRole('status').first().textContent()).toContain('has been saved');
    expect(await page.getByText('Without end', { exact: true }).isVisible()).toBe(true);
    expect(await page.getByLabel('Payment receipt').isChecked()).toBe(false);
  });

  test('before archiving, the counts of what goes on are shown; and there is a way back [R4.4]', async () => {
    const { id } = await site.offer();
    await site.buy({ id, productIds: [] });
    await page.goto(`/offers/${id}`);
    await page.getByRole('link', { name: 'Archive' }).click();

    const warning = page.getByRole('status').first();
    expect(await warning.textContent()).toContain('Archiving cancels nothing');
    expect(await warning.getByRole('listitem').allTextContents()).toEqual([
      '1 purchase still being billed',
      '1 purchase still giving access',
    ]);
    await press('Archive offer');

    expect(await page.getByText('It can neither be bought nor granted.').isVisible()).toBe(true);
    expect(await page.getByLabel('Checkout link').count()).toBe(0);
    await page.goto('/offers?archived=true');
    await page.getByRole('link', { name: 'Studio' }).click();
    await press('Unarchive');
    expect(await page.getByLabel('Checkout link').isVisible()).toBe(true);
  });

  test('a product tells which offers have it, is renamed, archived and brought back', async () => {
    await page.goto('/products');
    await page.getByRole('link', { name: 'Course 1' }).click();
    expect(await page.getByRole('link', { name: 'Studio' }).isVisible()).toBe(true);
    await page.getByLabel('Name').fill('Watercolour');
    await press('Save');
    expect(await heading()).toBe('Watercolour');

    await page.getByRole('link', { name: 'Archive' }).click();
    await press('Archive product');
    expect(await page.getByText('No new offer can include it.').isVisible()).toBe(true);
    await press('Unarchive');
    expect(await page.getByText('The product is no longer archived').isVisible()).toBe(true);
  });

  test('who may not change offers sees them all the same; those of another account nobody', async () => {
    const other = await aSite(town);
    const { id } = await other.offer();
    const answers = [`/offers/${id}`, `/offers/${id}/archive`, `/products/${id}`, '/offers/nonsense'];
    for (const path of answers) expect([path, (await page.goto(path))?.status()]).toEqual([path, 404]);

    const assistant = await aWindow({ at: other, as: 'assistant', viewport: PHONE });
    await assistant.page.goto(`/offers/${id}`);
    expect(await assistant.page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    expect(await assistant.page.getByText('$29.00 a month').isVisible()).toBe(true);
    expect((await assistant.page.goto('/offers/new'))?.status()).toBe(403);
    await assistant.close();
  });
});
