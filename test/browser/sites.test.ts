import { beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { aSite, type Offer, type Site } from '../journeys/a-site.ts';
import { PHONE, type Visit } from './a-visit.ts';
import { aWindow, site, town, usePages } from './use-pages.ts';

/** What a site is known by here: its rows, its address, what it sells, and to whom. */
type Known = { of: Site; slug: string; offer: Offer; purchaseId: string };

const EMAIL = 'ada-of-two-sites@example.com';
const LOOK = {
  color: '#a8452a',
  postalAddress: 'Lindengasse 12\n1070 Vienna',
  termsUrl: 'https://linden.example/terms',
  privacyUrl: 'https://linden.example/privacy',
};

let linden: Known;
let willow: Known;
let visit: Visit;

usePages({ as: null });
beforeAll(async () => {
  linden = await known(site, { siteName: 'Linden Studio', ...LOOK });
  willow = await known(await aSite(town), { siteName: 'Willow & Wheel' });
  visit = await aWindow({ viewport: PHONE });
});

async function known(of: Site, settings: object): Promise<Known> {
  await of.must(of.owner.patch('/v1/settings', settings));
  const { slug } = (await of.owner.get('/v1/settings')).body;
  const offer = await of.offer({ name: `Membership of ${slug}`, products: 2 });
  const [first = ''] = offer.productIds;
  const shown = { url: `https://${slug}.example/course`, description: 'Lines first.\n\nThen shadows.' };
  await of.must(of.owner.patch(`/v1/products/${first}`, shown));
  return { of, slug, offer, purchaseId: await of.buy(offer, { email: EMAIL }) };
}

/** Logs in by a link from the login of one site, which its mailbox gets alone. */
async function logIn({ slug }: Known): Promise<void> {
  const { page } = visit;
  await page.goto(`/s/${slug}/login`);
  await page.getByLabel('Email', { exact: true }).fill(EMAIL);
  await page.getByRole('button', { name: 'Email me a login link' }).click();
  await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();
  await page.goto(await eventually(() => linkTo(slug)));
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.waitForURL(`**/s/${slug}/library`);
}

async function linkTo(slug: string): Promise<string | undefined> {
  const texts = (await town.mailbox.emails(EMAIL)).map(({ text }) => text ?? '');
  return texts.flatMap((text) => new RegExp(`/s/${slug}/login\\?token=[\\w-]+`).exec(text)?.[0] ?? [])[0];
}

const cookieOf = ({ of }: Known): string => `__Host-perennial_customer_${of.accountId.replaceAll('-', '')}`;

test('a person of two sites is logged in at each by itself, side by side, and out of one alone', async () => {
  const { page, context } = visit;
  await logIn(linden);
  await page.goto(`/s/${willow.slug}/library`);
  expect(new URL(page.url()).pathname).toBe(`/s/${willow.slug}/login`);
  await logIn(willow);

  const offersAt = async ({ slug }: Known): Promise<string[]> => {
    await page.goto(`/s/${slug}/billing`);
    return page.locator('article h2').allTextContents();
  };
  expect(await offersAt(linden)).toEqual([`Membership of ${linden.slug}`]);
  expect(await offersAt(willow)).toEqual([`Membership of ${willow.slug}`]);
  const names = (await context.cookies()).map(({ name }) => name).sort();
  expect(names).toEqual([cookieOf(linden), cookieOf(willow)].sort());

  await page.locator('.menu > summary').click();
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.waitForURL(`**/s/${willow.slug}/login?notice=logged-out`);
  expect(await offersAt(linden)).toHaveLength(1);
  expect(await offersAt(willow)).toHaveLength(0);
});

test('the session of one site is none at another, even under its cookie', async () => {
  const { page, context } = visit;
  const own = (await context.cookies()).find(({ name }) => name === cookieOf(linden));
  const name = cookieOf(willow);
  await context.addCookies([{ ...own!, name }]);

  await page.goto(`/s/${willow.slug}/library`);

  expect(new URL(page.url()).pathname).toBe(`/s/${willow.slug}/login`);
  await context.clearCookies({ name });
});

test.each<[string, () => string, () => string]>([
  ['an offer', () => `/join/${willow.offer.id}`, () => `/s/${willow.slug}/join/${willow.offer.id}`],
  [
    'a card',
    () => `/billing/update-card?purchase=${linden.purchaseId}`,
    () => `/s/${linden.slug}/billing/update-card?purchase=${linden.purchaseId}`,
  ],
  [
    'a cancellation, after the login',
    () => `/billing/${willow.purchaseId}/cancel`,
    () => `/s/${willow.slug}/login?next=${encodeURIComponent(`/billing/${willow.purchaseId}/cancel`)}`,
  ],
  ['the only site that the browser knows', () => '/library', () => `/s/${linden.slug}/library`],
])('the old address of %s leads to its site', async (_what, from, to) => {
  await visit.page.goto(from());

  expect(visit.page.url().slice(town.apiUrl.length)).toBe(to());
});

test('who comes without a link and is known nowhere logs in, and is led to the site', async () => {
  const { page } = await aWindow();
  const friend = linden.of.newEmail();
  await linden.of.must(linden.of.owner.post('/v1/grants', { offerId: linden.offer.id, email: friend, name: 'Friend' }));
  const link = await eventually(() => passwordLink(friend));

  await page.goto('/billing');
  expect(page.url().slice(town.apiUrl.length)).toBe('/login?next=/billing');
  // As 0.1 mailed it.
  await page.goto(link.replace(`/s/${linden.slug}`, ''));
  await page.getByLabel('Password').fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Set password and log in' }).click();
  await page.waitForURL(`**/s/${linden.slug}/library?notice=welcome`);

  await page.context().clearCookies();
  await page.goto('/login?next=/billing');
  await page.getByLabel('Email', { exact: true }).fill(friend);
  await page.getByLabel('Password').fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.waitForURL(`**/s/${linden.slug}/billing`);
});

async function passwordLink(to: string): Promise<string | undefined> {
  const texts = (await town.mailbox.emails(to)).map(
    ({ text }) => /\/s\/[\w-]+\/set-password\?token=[\w-]+/.exec(text ?? '')?.[0],
  );
  return texts.find((found) => found !== undefined);
}

test('an offer of another site, and a site that is none, are not there', async () => {
  const other = await visit.page.goto(`/s/${linden.slug}/join/${willow.offer.id}`);
  const none = await visit.page.goto('/s/nobody-has-this/login');

  expect([other?.status(), none?.status()]).toEqual([404, 404]);
});

test('a site that has moved is found at its old address', async () => {
  const moved = `${linden.slug}-new`;
  await linden.of.must(linden.of.owner.patch('/v1/settings', { slug: moved }));

  await visit.page.goto(`/s/${linden.slug}/billing?notice=kept`);
  expect(visit.page.url().slice(town.apiUrl.length)).toBe(`/s/${moved}/billing?notice=kept`);

  await linden.of.must(linden.of.owner.patch('/v1/settings', { slug: linden.slug }));
});

const BUTTON = { light: 'rgb(168, 69, 42)', dark: 'rgb(180, 95, 72)' };

test.each(['light', 'dark'] as const)('shows its own color, name and address, %s', async (colorScheme) => {
  const { page } = visit;
  await page.emulateMedia({ colorScheme });
  for (const path of ['library', 'billing', `join/${linden.offer.id}`]) {
    await page.goto(`/s/${linden.slug}/${path}`);
    const foot = await page.getByRole('main').locator('footer').first().textContent();
    expect(foot).toContain('Linden Studio, Lindengasse 12, 1070 Vienna · help@willow.example');
    await visit.look();
  }
  expect(await page.evaluate(`getComputedStyle(document.querySelector('button.primary')).backgroundColor`)).toBe(
    BUTTON[colorScheme],
  );
  await page.emulateMedia({ colorScheme: 'light' });
});

test('a product leads to its own address; without script, too', async () => {
  const { page } = visit;
  await page.goto(`/s/${linden.slug}/library`);

  const open = page.getByRole('link', { name: 'Open Course' });
  expect(await open.getAttribute('href')).toBe(`https://${linden.slug}.example/course`);
  expect(await open.getAttribute('target')).toBeNull();
  const quiet = await aWindow({ javaScriptEnabled: false });
  await quiet.page.goto(`/s/${linden.slug}/join/${linden.offer.id}`);
  expect(await quiet.page.locator('main').textContent()).toContain(
    'Before you buy, read Linden Studio’s terms and privacy policy.',
  );
});
