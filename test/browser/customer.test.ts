import { beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { eventually } from '../ground/eventually.ts';
import type { Offer } from '../journeys/a-site.ts';
import { PHONE } from './a-visit.ts';
import { backToUs, payAtStripe } from './at-stripe.ts';
import { site, town, usePages, visit } from './use-pages.ts';

const PASSWORD = 'correct horse battery staple';
const HOSTILE = `<script>alert(1)</script>"><img src=x onerror=alert(2)> ${'very'.repeat(30)} \u202egnol`;

describe('a customer', () => {
  let offer: Offer;
  let email: string;
  let purchaseId: string;
  let slug: string;

  usePages({ as: null, viewport: PHONE });
  beforeAll(async () => {
    ({ slug } = (await site.owner.get('/v1/settings')).body);
    offer = await site.offer({ name: 'Studio membership', products: 2, setupFeeMinor: 1_000 });
    await backToUs(visit, town);
    email = site.newEmail();
  });

  const heading = () => visit.page.getByRole('heading', { level: 1 }).textContent();
  const at = (path: string): string => `/s/${slug}${path}`;
  const press = (name: string | RegExp) => visit.page.getByRole('button', { name }).click();

  test('reads an offer, pays at Stripe, sets a password and is in the library', async () => {
    const { page } = visit;
    await page.goto(`/s/${slug}/join/${offer.id}`);
    expect(await heading()).toBe('Studio membership');
    expect(await page.getByRole('list').first().textContent()).toContain(
      'Today you pay $39.00, including a one-time fee of $10.00',
    );

    await page.getByLabel('Email', { exact: true }).fill(` ${email.toUpperCase()} `);
    await page.getByLabel('Name').fill(HOSTILE);
    await press('Continue to payment');
    await payAtStripe(page);
    await page.waitForURL('**/thanks?checkout=*');
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await visit.look();

    await page.getByLabel('Password').fill('short');
    await press(/Set password/);
    expect(await page.getByText('must have at least 8 characters').count()).toBe(1);
    await page.getByLabel('Password').fill(PASSWORD);
    await press(/Set password/);
    await page.waitForURL('**/library?notice=welcome');
    expect(await page.locator('article').allTextContents()).toEqual([
      expect.stringContaining('Yours through Studio membership'),
      expect.stringContaining('Yours through Studio membership'),
    ]);

    purchaseId = await site.boughtBy(email);
  });

  test('cannot buy what is theirs and running, and reads so in the mailbox, with a link that logs in', async () => {
    const { page } = visit;
    await page.goto(`/s/${slug}/join/${offer.id}`);
    await page.getByLabel('Email', { exact: true }).fill(email);
    await press('Continue to payment');

    expect(await heading()).toBe('Check your inbox');
    expect(await page.locator('main').textContent()).not.toMatch(/already|running/);
    await visit.look();
    expect(await eventually(() => linkInEmail(/\/s\/[\w-]+\/login\?token=[\w-]+/))).toContain('/login?token=');
    const kinds = (await site.emailsOf(purchaseId)).map(({ kind }) => kind);
    expect(kinds).toContain('already-live');
  });

  test('sees what was paid and what comes next, and cancels in two steps', async () => {
    const { page } = visit;
    await site.owner.patch('/v1/settings', { selfCancel: { message: 'Before you go:\nwrite to us, we may help.' } });
    await page.goto(at('/billing'));
    const text = await page.locator('article').first().textContent();
    expect(text).toMatch(/Next payment\$29\.00Feb 28/);
    expect(await page.locator('tbody tr').allTextContents()).toEqual([
      expect.stringMatching(/Studio membership.*Jan 31 to Feb 28.*\$39\.00/),
    ]);

    await page.getByRole('link', { name: 'Cancel the subscription' }).click();
    expect(await heading()).toBe('Cancel Studio membership?');
    expect(await page.locator('main').textContent()).toContain('You keep everything until Feb 28');
    await page.getByLabel(/In your own words/).fill(HOSTILE);
    await press('Cancel the subscription');
    await page.waitForURL('**/billing?notice=canceled');

    expect(await page.locator('article').first().textContent()).toContain('Canceled, still running');
    const canceled = await site.read(purchaseId);
    expect(canceled.billing?.cancellation).toMatchObject({ at: '2027-02-28T09:00:00.000Z', cause: 'voluntary' });
    const { data } = await site.timelineOf(purchaseId);
    expect(data.at(-1)?.actor).toMatchObject({ kind: 'customer' });
  });

  test('takes it back by keyboard alone', async () => {
    const { page } = visit;
    await page.goto(at('/billing'));
    await tabTo(/Keep the subscription/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/undo-cancel');
    await tabTo(/Keep the subscription/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/billing?notice=kept');

    expect((await site.read(purchaseId)).billing?.cancellation).toBeNull();
  });

  async function tabTo(name: RegExp): Promise<void> {
    const { page } = visit;
    for (let presses = 0; presses < 25; presses += 1) {
      await page.keyboard.press('Tab');
      if (name.test((await page.locator(':focus').textContent()) ?? '')) return;
    }
    throw new Error(`no way to ${name} by keyboard`);
  }

  test('cancels in one step where the site wishes so', async () => {
    await site.owner.patch('/v1/settings', { selfCancel: { isOneStep: true } });
    await visit.page.goto(at('/billing'));
    await press(/Cancel the subscription/);
    await visit.page.waitForURL('**/billing?notice=canceled');

    expect((await site.read(purchaseId)).billing?.cancellation).not.toBeNull();
    await site.ask(purchaseId, 'undo-cancel');
  });

  test('where canceling is off, reads what to do instead', async () => {
    await site.owner.patch('/v1/settings', { selfCancel: { isOn: false, instructions: HOSTILE } });
    await visit.page.goto(at('/billing'));

    expect(await visit.page.getByText('Cancel the subscription').count()).toBe(0);
    expect(await visit.page.locator('.as-written').textContent()).toBe(HOSTILE);
    await visit.page.goto(at(`/billing/${purchaseId}/cancel`));
    expect(await heading()).toBe('That is not possible now');
    await visit.look();
    await site.owner.patch('/v1/settings', { selfCancel: { isOn: true } });
  });

  test('reads in the library why something is closed', async () => {
    await site.ask(purchaseId, 'revoke', { productIds: [offer.productIds[0]], reason: 'Shared the login' });
    await visit.page.goto(at('/library'));

    const text = await visit.page.locator('main').textContent();
    expect(text).toContain('Access was ended by the site on Jan 31');
    expect(text).not.toContain('Shared the login');
    await visit.look();
  });

  test("finds nothing at another customer's addresses", async () => {
    const other = await site.buy(await site.offer());
    for (const path of [at(`/billing/${other}/cancel`), at(`/billing/${other}/undo-cancel`)]) {
      const answer = await visit.page.goto(path);
      expect(answer?.status()).toBe(404);
    }
    const card = await visit.page.goto(at(`/billing/update-card?purchase=${other}`));
    expect(card?.status()).toBe(404);
    await visit.page.goto(at('/billing'));
    expect(await visit.page.locator('article').count()).toBe(1);
  });

  test('logs out, and in again with the password; a page that was asked for is shown afterwards', async () => {
    const { page } = visit;
    await logOut();
    await page.waitForURL('**/login?notice=logged-out');
    await page.goto(at('/billing'));
    expect(new URL(page.url()).pathname).toBe(at('/login'));

    await page.getByLabel('Email', { exact: true }).fill(email);
    await page.getByLabel('Password').fill('not my password');
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    expect(await page.getByRole('alert').textContent()).toContain('do not fit together');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await page.waitForURL('**/billing');
  });

  test('logs in by an emailed link, which opening alone does not use up, once', async () => {
    const { page } = visit;
    await logOut();
    await page.getByLabel('Email', { exact: true }).fill(email);
    await press('Email me a login link');
    expect(await heading()).toBe('Check your inbox');
    const link = await eventually(() => linkInEmail(/\/s\/[\w-]+\/login\?token=[\w-]+/));

    await page.goto(link);
    await page.goto(link);
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await page.waitForURL('**/library');
    await page.goto(link);
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    expect(await heading()).toBe('This link has expired');
    await visit.look();
  });

  test('reads that the password from before the link is dropped, and chooses one, which may be the same', async () => {
    const { page } = visit;
    await page.goto(at('/library'));
    await page.getByText('does not work any more').waitFor();
    await visit.look();

    await page.getByRole('link', { name: 'Choose one', exact: true }).click();
    await page.getByLabel('Password').fill(PASSWORD);
    await press('Set password and log in');

    await page.waitForURL('**/library?notice=welcome');
    expect(await page.getByText('does not work any more').count()).toBe(0);
  });

  test('leaves a card that fails, and from the email about it another one, with which the overdue payment goes through', async () => {
    const { page } = visit;
    await page.goto(at('/billing'));
    await page.getByRole('link', { name: /Update your card/ }).click();
    await press('Continue to Stripe');
    await payAtStripe(page, '4000 0000 0000 0341');
    await page.waitForURL('**/billing?notice=card');

    await site.moveTo('2027-03-01T09:00:00.000Z');
    const link = await eventually(() => linkInEmail(/\/s\/[\w-]+\/billing\/update-card\?purchase=[\w-]+/));
    await logOut();
    await page.goto(link);
    await page.getByLabel('Email', { exact: true }).fill(email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await page.waitForURL('**/billing/update-card?purchase=*');
    expect(await page.locator('main').textContent()).toContain('The overdue $29.00 is charged to the new card at once');
    await page.goto(at('/billing'));
    await visit.look();
    await page.goto(link);
    await press('Continue to Stripe');
    await payAtStripe(page);
    await page.waitForURL('**/billing?notice=card-paid');

    expect((await site.read(purchaseId)).billingStatus).toBe('active');
    expect(await page.locator('tbody tr').count()).toBe(2);
    expect(await page.locator('article').textContent()).not.toContain('Due');
  });

  test('who is logged in already has no need of the login', async () => {
    await visit.page.goto(at('/login'));

    expect(new URL(visit.page.url()).pathname).toBe(at('/library'));
  });

  test('who was granted something sets a password by the link of the welcome, once', async () => {
    const { page } = visit;
    const friend = site.newEmail();
    await logOut();
    await site.must(site.owner.post('/v1/grants', { offerId: offer.id, email: friend, name: 'Friend' }));
    const link = await eventually(() => linkInEmail(/\/s\/[\w-]+\/set-password\?token=[\w-]+/, friend));

    await page.goto(link);
    await page.getByLabel('Password').fill(PASSWORD);
    await press('Set password and log in');
    await page.waitForURL('**/library?notice=welcome');
    await page.goto(at('/billing'));
    expect(await page.locator('article').textContent()).toContain('A gift');
    await page.goto(link);
    await page.getByLabel('Password').fill(PASSWORD);
    await press('Set password and log in');
    expect(await heading()).toBe('This link has expired');
  });

  test('is told of an offer that is not sold, not for sale, or not there', async () => {
    const { page } = visit;
    const product = { productIds: offer.productIds };
    const free = await site.must(
      site.owner.post('/v1/offers', { name: 'Free <b>gift</b>', price: { kind: 'free' }, ...product }),
      201,
    );
    await site.must(site.owner.post(`/v1/offers/${offer.id}/archive`, {}));

    const statuses: (number | undefined)[] = [];
    for (const id of [free.id, offer.id, uuid(), 'nonsense'])
      statuses.push((await page.goto(`/s/${slug}/join/${id}`))?.status());
    expect(await heading()).toBe('There is no such offer');
    await visit.look();
    await page.goto(`/s/${slug}/join/${offer.id}`);

    expect(statuses).toEqual([200, 409, 404, 404]);
    expect(await page.locator('main').textContent()).toContain('This offer is no longer sold');
  });

  /** It is in the menu of one's own name. */
  async function logOut(): Promise<void> {
    await visit.page.locator('.menu > summary').click();
    await press('Log out');
  }

  /** The path of the link in the email that was asked for last. */
  async function linkInEmail(what: RegExp, to = email): Promise<string | undefined> {
    const texts = (await town.mailbox.emails(to)).map(({ text }) => what.exec(text ?? '')?.[0]);
    return texts.find((found) => found !== undefined);
  }
});
