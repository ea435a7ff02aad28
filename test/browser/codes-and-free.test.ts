import { beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import type { Offer } from '../journeys/a-site.ts';
import { DESK, PHONE } from './a-visit.ts';
import { backToUs, payAtStripe } from './at-stripe.ts';
import { site, town, usePages, visit } from './use-pages.ts';

const PASSWORD = 'correct horse battery staple';

usePages({ as: 'owner' });

let slug: string;
beforeAll(async () => {
  ({ slug } = (await site.owner.get('/v1/settings')).body);
  await backToUs(visit, town);
});

const heading = () => visit.page.getByRole('heading', { level: 1 }).textContent();
const main = () => visit.page.locator('main').textContent();
const press = (name: string | RegExp) => visit.page.getByRole('button', { name }).click();
const joinOf = ({ id }: Offer, query = ''): string => `/s/${slug}/join/${id}${query}`;

async function begin(email: string): Promise<void> {
  await visit.page.getByLabel('Email', { exact: true }).fill(email);
  await press(/Continue to payment|Email me the link/);
}

async function linkTo(email: string, what: RegExp): Promise<string> {
  const found = await eventually(async () =>
    (await town.mailbox.emails(email)).map(({ text }) => what.exec(text ?? '')?.[0]).find(Boolean),
  );
  return (found ?? '').replace(/^https?:\/\/[^/]+/, '');
}

describe('promotion codes', () => {
  const buyer = `buyer-${Math.trunc(Date.now() / 1000)}@example.com`;
  let plan: Offer;
  let studio: Offer;

  beforeAll(async () => {
    const price = { kind: 'payment_plan', amountMinor: 4900, currency: 'usd', instalments: 3 };
    plan = await site.offer({ name: 'Masterclass', price });
    studio = await site.offer({ name: 'Studio' });
  });

  test('an admin makes one, sees what is typed wrong, and finds it with its link', async () => {
    const { page } = visit;
    await page.goto('/promotion-codes');
    expect(await main()).toContain('No code is active');
    await visit.look();
    await page.getByRole('link', { name: 'Create a code' }).first().click();
    await page.getByLabel('Code', { exact: true }).fill('spring 27');
    await page.getByLabel('Percent', { exact: true }).fill('50');
    await page.getByLabel('The charges of some months').check();
    await page.getByLabel('Months', { exact: true }).fill('2');
    await page.getByLabel('Once for each person').check();
    await press('Create code');
    expect(await page.getByLabel('Code', { exact: true }).inputValue()).toBe('spring 27');
    await visit.look();

    await page.getByLabel('Code', { exact: true }).fill('SPRING-27');
    await press('Create code');

    expect(await heading()).toBe('SPRING-27');
    expect(await main()).toContain('once for each person');
    expect(await page.getByLabel(/^Link to/).inputValue()).toContain('?code=SPRING-27');
  });

  test('one that is typed is said in figures before paying, and one that is unknown is not', async () => {
    const { page } = visit;
    await page.setViewportSize(PHONE);
    await page.goto(joinOf(plan));
    await page.getByText('Have a code?').click();
    await page.getByLabel('Promotion code').fill('WINTER');
    await press('Apply');
    expect(await main()).toContain('The code “WINTER” is not known here.');
    await page.getByLabel('Promotion code').fill('spring-27');
    await press('Apply');

    expect(await main()).toContain('Today you pay $24.50');
    await visit.look();
  });

  test('a link brings it to Stripe’s page, and the way back keeps it', async () => {
    const { page } = visit;
    await page.goto(joinOf(plan, '?code=SPRING-27'));
    await begin(buyer);
    await page.getByLabel('Card number').waitFor();
    await page.goto(
      await page
        .getByRole('link', { name: /back|cancel/i })
        .getAttribute('href')
        .then(String),
    );
    expect(await main()).toContain('Today you pay $24.50');

    await begin(buyer);
    await payAtStripe(page);
    await page.waitForURL('**/thanks?checkout=*');
    const purchaseId = await site.boughtBy(buyer);
    await page.setViewportSize(DESK);
    await page.goto(`/purchases/${purchaseId}`);
    expect(await main()).toContain('1 of 3 paid, $73.50 to go');
    await page.getByRole('link', { name: 'code SPRING-27' }).click();
    expect(await heading()).toBe('SPRING-27');
    expect(await page.getByRole('table').textContent()).toContain(buyer);
  });

  test('who has used it reads so in the mailbox, and nowhere else [R5.7]', async () => {
    const { page } = visit;
    await page.goto(joinOf(studio, '?code=SPRING-27'));
    await begin(buyer);

    expect(await heading()).toBe('Check your inbox');
    expect(await main()).not.toMatch(/used|before/);
    await page.goto(await linkTo(buyer, /http\S+\/join\/[\w-]+/));
    expect(await heading()).toBe('Studio');
  });

  test('an admin ends it, and it is refused with that reason', async () => {
    const { page } = visit;
    await page.goto('/promotion-codes');
    await page.getByRole('link', { name: 'SPRING-27' }).click();
    await press('End the code');
    expect(await main()).toContain('Ended. What was bought with it keeps its discount.');
    await page.goto('/promotion-codes?active=false');

    await page.goto(joinOf(plan, '?code=SPRING-27'));

    expect(await main()).toContain('The code “SPRING-27” has ended.');
  });
});

describe('what is free, and what is paid once', () => {
  const reader = `reader-${Math.trunc(Date.now() / 1000)}@example.com`;

  test('a free offer is asked for, confirmed by the mailed link, and has a password', async () => {
    const { page } = visit;
    const offer = await site.offer({ name: 'First lesson', price: { kind: 'free' } });
    await page.setViewportSize(PHONE);
    await page.goto(joinOf(offer));
    await begin(reader);
    expect(await heading()).toBe('Check your inbox');

    await page.goto(await linkTo(reader, /http\S+\/take\?token=[\w-]+/));
    await press('Get it');
    await page.getByLabel('Password').fill(PASSWORD);
    await visit.look();
    await press(/Set password/);

    await page.waitForURL('**/library?notice=welcome');
    expect(await page.locator('article').textContent()).toContain('Yours through First lesson');
    await page.goto(`/s/${slug}/billing`);
    expect(await page.locator('article').textContent()).toContain('First lessonNothing to pay');
  });

  test('who has taken it is sent a link to log in, and the used link says so', async () => {
    const { page } = visit;
    await page.goto(await linkTo(reader, /http\S+\/take\?token=[\w-]+/));
    await press('Get it');

    expect(await main()).toContain('This link was used already');
    await visit.look();
  });

  test('what is paid once is bought, and both sides see that nothing more is charged', async () => {
    const { page } = visit;
    const price = { kind: 'one_time', amountMinor: 9900, currency: 'usd' };
    const offer = await site.offer({ name: 'Kiln handbook', price, accessDays: 90 });
    await page.setViewportSize(PHONE);
    await page.goto(joinOf(offer));
    await begin(reader);
    await payAtStripe(page);
    await page.waitForURL('**/thanks?checkout=*');
    await site.boughtBy(reader, { billingStatus: 'paid' });

    await page.goto(`/s/${slug}/billing`);
    const mine = page.locator('article').filter({ hasText: 'Kiln handbook' });
    expect(await mine.textContent()).toMatch(/Paid.*\$99\.00.*Access until.*May 1/s);
    expect(await mine.textContent()).not.toContain('Next payment');

    await page.setViewportSize(DESK);
    await page.goto(`/purchases?q=${encodeURIComponent(reader)}`);
    expect(await page.getByRole('table').textContent()).toMatch(/Kiln handbook.*First lesson/s);
    await page
      .getByRole('link', { name: /Kiln handbook|Ada|reader/ })
      .first()
      .click();
    expect(await main()).toContain('Paid once, $99.00');
  });
});
