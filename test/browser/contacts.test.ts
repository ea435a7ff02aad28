import { describe, expect, test } from '@jest/globals';
import { recordActivity, recordOwn } from '../../db/people/activity.ts';
import { keepUsageOfAll } from '../../worker/keep-usage.ts';
import { aContact, anOffer, T0 } from '../builders/rows.ts';
import { aSite } from '../journeys/a-site.ts';
import { aWindow, site, town, usePages, visit } from './use-pages.ts';

const HOSTILE = '<script>alert(1)</script> "><img src=x onerror=alert(2)> \u202eمرحبا';
const LONG = `long-${'w'.repeat(180)}`;

describe('contacts', () => {
  usePages({ timeZone: 'Europe/Vienna' });

  const press = (name: string) => visit.page.getByRole('button', { name, exact: true }).click();
  const main = async (): Promise<string> => visit.page.locator('main').innerText();
  const addresses = () => visit.page.locator('tbody td:first-child a').allInnerTexts();
  const path = () => new URL(visit.page.url()).pathname;

  test('say what to do where there is nobody, and are added by hand; what is refused stays typed', async () => {
    const { page } = visit;
    await page.goto('/contacts');
    expect(await main()).toContain('There are no contacts yet');

    await page.locator('.empty').getByRole('link', { name: 'Add a contact' }).click();
    await page.getByLabel('Email').fill('ada@host.example');
    await page.getByLabel('Name').fill(HOSTILE);
    await press('Add contact');
    await page.waitForURL('**/contacts/*?notice=added');

    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('<script>alert(1)</script>');

    await page.goto('/contacts/new');
    await page.getByLabel('Email').fill('ADA@host.example');
    await page.getByLabel('Name').fill('Another Ada');
    await press('Add contact');

    expect(await page.getByRole('alert').innerText()).toContain('A contact with this email already exists');
    expect(await page.getByRole('link', { name: 'See <script>' }).getAttribute('href')).toMatch(/^\/contacts\/[\w-]+$/);
    expect(await page.getByLabel('Name').inputValue()).toBe('Another Ada');
    await visit.look();
  });

  test('are counted by segment, searched, sorted and paged; the address keeps all of it, without any script', async () => {
    const em = town.deps.orm.em.fork();
    const unsubscribed = { marketingStatus: 'unsubscribed', unsubscribedReason: 'hard_bounce' } as const;
    await aContact(em, site.accountId, { email: 'bounced@host.example', name: LONG, ...unsubscribed });
    await aContact(em, site.accountId, { email: 'sub@host.example', name: null, marketingStatus: 'subscribed' });
    for (let n = 0; n < 60; n += 1) await aContact(em, site.accountId, { email: `p${n}@crowd.example`, name: null });
    const plain = await aWindow({ as: 'support', javaScriptEnabled: false });
    const { page } = plain;
    await page.goto('/contacts');
    const tabs = await page.getByRole('navigation', { name: 'Segments' }).getByRole('link').allInnerTexts();

    await page.getByRole('columnheader', { name: 'Email' }).getByRole('link').click();
    await page.getByLabel('Name or email').fill('crowd');
    await page.keyboard.press('Enter');
    await page.waitForURL('**q=crowd*');
    const first = await page.locator('tbody tr').count();
    await page.getByRole('link', { name: 'Next page' }).click();
    const second = await page.locator('tbody tr').count();

    expect(tabs).toEqual(['All 63', 'Customers 0', 'Subscribed 1']);
    expect([first, second]).toEqual([25, 25]);
    expect(await page.locator('main').innerText()).toContain('60 contacts');

    await page.getByRole('link', { name: 'Subscribed 1' }).click();
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
      q: 'crowd',
      segment: 'subscribed',
      sort: 'email',
    });
    expect(await page.locator('main').innerText()).toContain('Nobody found for “crowd”');
    await page.getByRole('link', { name: 'Clear the search' }).click();
    expect(await page.locator('tbody tr').allInnerTexts()).toEqual([expect.stringContaining('sub@host.example')]);
    await plain.close();

    await visit.page.goto('/contacts?q=host&sort=email');
    expect(await addresses()).toEqual(['ada@host.example', 'bounced@host.example', 'sub@host.example']);
    expect(await main()).toContain('because an email could not be delivered');
    await visit.look();
  });

  test('have a page that explains access and takes a grant; the same grant again is refused in words', async () => {
    const { page } = visit;
    const offer = await site.offer({ products: 2, name: `Studio ${HOSTILE}` });
    const bought = await site.buy(offer, { email: 'grace@host.example' });
    const { contactId } = await site.read(bought);
    await site.ask(bought, 'revoke', { productIds: [offer.productIds[0]], reason: 'Shared the login' });
    const gift = await site.offerOf([offer.productIds[1] ?? '']);
    await page.goto(`/contacts/${contactId}`);

    await page.getByText('Grant an offer').click();
    await page.getByLabel('Offer').selectOption(gift.id);
    await page.getByLabel('Reason').fill('A thank-you');
    await page.getByLabel('Do not send the confirmation').check();
    await press('Grant');
    await page.waitForURL('**?notice=grant*');
    await site.quiet();
    await page.reload();

    const text = await main();
    expect(text).toContain('Not through Studio');
    expect(text).toMatch(/revoked by an API key, since Jan 31/);
    expect(text).toContain('Through Bundle, with no known end.');
    expect(text).toContain('$29.00 in 1 payment');
    expect(await page.getByRole('link', { name: 'Bundle' }).count()).toBeGreaterThan(1);
    expect(text).toContain('Billed without access');

    await page.getByText('Grant an offer').click();
    await page.getByLabel('Offer').selectOption(gift.id);
    await page.getByLabel('Reason').fill('Pressed again');
    await press('Grant');

    expect(await page.getByRole('alert').innerText()).toContain('already has this offer');
    expect(await page.getByLabel('Reason').inputValue()).toBe('Pressed again');
    await visit.look();
  });

  test('are changed on their page; another address that somebody has is refused', async () => {
    const { page } = visit;
    await page.goto('/contacts?q=sub@host');
    await page.getByRole('link', { name: 'sub@host.example' }).click();
    await page.getByText('Change email, name or fields').click();
    await page.getByLabel('Email').fill('bounced@host.example');
    await press('Save');
    expect(await page.getByRole('alert').innerText()).toContain('There is a contact with this email already');

    await page.getByLabel('Email').fill('Linus@host.example');
    await page.getByLabel('Name').fill('Linus');
    await press('Save');
    await page.waitForURL('**?notice=changed');

    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Linus');
    expect(await main()).toContain('linus@host.example');
  });

  test('take a note of a consent, and end it; what is kept of both stands below', async () => {
    const { page } = visit;
    const contactId = await aContact(town.deps.orm.em.fork(), site.accountId, { email: 'noa@host.example' });
    await page.goto(`/contacts/${contactId}`);
    expect(await main()).toContain('Never subscribed');

    await page.getByText('Note a consent').click();
    await press('Subscribe');
    expect(await main()).toContain('What they agreed to, and how is required');
    await page.getByLabel('What they agreed to, and how').fill('Signed our list at the fair');
    await press('Subscribe');
    await page.waitForURL('**?notice=subscribed');
    expect(await main()).toContain('Signed our list at the fair');

    await page.getByText('Unsubscribe', { exact: true }).click();
    await press('Send no more marketing email');
    await page.waitForURL('**?notice=unsubscribed');

    expect(await main()).toContain('Only they can come back');
    expect(await page.locator('section:has(h2:text("Marketing email")) tbody tr').count()).toBe(2);
    await visit.look();
  });

  test('are tagged and noted on their page, found by tag and status, and both are taken away', async () => {
    const { page } = visit;
    const contactId = await aContact(town.deps.orm.em.fork(), site.accountId, { email: 'tagged@host.example' });
    await page.goto(`/contacts/${contactId}`);
    await page.getByText('Add a tag').click();
    await page.getByLabel('Tag', { exact: true }).fill('VIP <script>alert(1)</script>');
    await press('Add tag');
    await page.waitForURL('**?notice=tagged');
    await page.getByText('Write a note').click();
    await page.getByLabel('Note', { exact: true }).fill('Prefers email.\n\nCalled twice.');
    await press('Keep note');
    await page.waitForURL('**?notice=noted');
    expect(await main()).toContain('Called twice.');
    await visit.look();

    await page.goto('/contacts');
    await page.locator('summary', { hasText: /^Tag$/ }).click();
    await page.getByLabel(/^vip <script>/).check();
    await page.waitForURL('**tag=vip*');
    expect(await addresses()).toEqual(['tagged@host.example']);
    await page.locator('summary', { hasText: /^Marketing$/ }).click();
    await page.getByLabel('Unsubscribed', { exact: true }).check();
    await page.waitForURL('**status=unsubscribed*');
    expect(await main()).toContain('Nobody is found so');
    await page.getByRole('link', { name: 'Clear the filters' }).click();

    await page.goto(`/contacts/${contactId}`);
    await page.getByRole('button', { name: 'Remove vip' }).click();
    await page.waitForURL('**?notice=untagged');
    await page.getByRole('button', { name: 'Delete the note of' }).click();
    await page.waitForURL('**?notice=unnoted');
    expect(await main()).toContain('No tags.');
    expect(await main()).toContain('No notes.');
  });

  test('have fields of the account’s own, which are defined, filled in, named otherwise and deleted', async () => {
    const { page } = visit;
    const contactId = await aContact(town.deps.orm.em.fork(), site.accountId, { email: 'fields@host.example' });
    await page.goto('/contacts');
    await page.getByRole('link', { name: 'Fields …' }).click();
    const kinds = { City: 'a text', Height: 'a number', Born: 'a date', Plays: 'yes or no' };
    for (const [label, kind] of Object.entries(kinds)) {
      await page.getByLabel('Name', { exact: true }).fill(label);
      await page.getByLabel('Name for programs').fill(label);
      await page.getByLabel(kind, { exact: true }).check();
      await press('Add field');
      await page.locator('summary', { hasText: label }).waitFor();
    }
    await page.getByLabel('Name', { exact: true }).fill('City');
    await page.getByLabel('Name for programs').fill('city');
    await press('Add field');
    expect(await main()).toContain('There is a field with this key already');
    await visit.look();

    await page.goto(`/contacts/${contactId}`);
    await page.getByText('Change email, name or fields').click();
    await page.getByLabel('City').fill('Graz');
    await page.getByLabel('Height').fill('tall');
    await page.getByLabel('Born').fill('2000-02-29');
    await page.getByLabel('Plays').check();
    await press('Save');
    expect(await main()).toContain('Height must be a number, such as 12.5');
    await page.getByLabel('Height').fill('1.68');
    await press('Save');
    await page.waitForURL('**?notice=changed');
    for (const shown of ['Graz', '1.68', 'Feb 29, 2000', 'yes']) expect(await main()).toContain(shown);
    await visit.look();

    await page.goto('/contacts/fields');
    await page.locator('summary', { hasText: 'City' }).click();
    await page.getByLabel('Name of City').fill('Home town');
    await page.getByRole('button', { name: 'Save' }).locator('visible=true').click();
    await page.locator('summary', { hasText: 'Home town' }).click();
    await page.getByRole('button', { name: 'Delete with what contacts have in it' }).locator('visible=true').click();
    await page.getByText('The change has been saved').waitFor();
    await page.goto(`/contacts/${contactId}`);
    expect(await main()).not.toContain('Graz');
  });

  test('have a page of what they did and how far they are; who is active is counted and charted', async () => {
    const { page } = visit;
    const em = town.deps.orm.em.fork();
    const { accountId } = site;
    const id = await aContact(em, accountId, { name: 'Lin', customerSince: T0 });
    const { productIds } = await anOffer(em, accountId, { name: 'Course' });
    const lesson = { contactId: id, at: T0, productId: productIds[0]!, lessonId: 'light' };
    await recordOwn(em, { id, accountId }, 'login', T0);
    await recordActivity(em, accountId, [{ ...lesson, key: 'a', kind: 'lesson_completed' }]);
    await keepUsageOfAll(town.deps);

    await page.goto(`/contacts/${id}`);
    await page.getByRole('link', { name: 'Activity and progress' }).click();
    await page.waitForURL(`**/contacts/${id}/activity`);
    const shown = await main();
    const chart = page.getByRole('img', { name: 'What was done' });
    expect(shown).toMatch(/Sign-ins in 90 days\s+1/);
    expect(shown).toContain('Completed a lesson');
    expect(await chart.locator('rect').count()).toBe(1);
    await visit.look();

    await page.goto('/active-customers');
    expect(await main()).toMatch(/Active now\s+1/);
    expect(await page.getByRole('img', { name: 'Active customers by day' }).locator('rect').count()).toBe(1);
    await visit.look();
  });

  test('show an assistant no money and no forms, and nobody those of another account', async () => {
    const other = await aSite(town);
    const stranger = await other.must(other.owner.post('/v1/contacts', { email: 'eve@else.example' }), 201);
    expect((await visit.page.goto(`/contacts/${stranger.id}`))?.status()).toBe(404);
    expect((await visit.page.goto('/contacts/nonsense'))?.status()).toBeGreaterThanOrEqual(400);
    const [known] = (await site.must(site.owner.get('/v1/contacts?q=grace'))).data;
    const assistant = await aWindow({ as: 'assistant' });
    await assistant.page.goto(`/contacts/${known?.id}`);
    const text = await assistant.page.locator('main').innerText();

    expect(text).toContain('Has access');
    expect(text).not.toMatch(/\$|Purchases|Grant an offer|Change email/);
    expect((await assistant.page.goto('/contacts/new'))?.status()).toBe(403);
    await assistant.close();
    expect(path()).toBe('/contacts/nonsense');
  });
});
