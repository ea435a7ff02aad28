import { describe, expect, test } from '@jest/globals';
import { aContact } from '../builders/rows.ts';
import { aPurchase } from '../api/a-world.ts';
import { aSite, type Offer } from '../journeys/a-site.ts';
import { aWindow, site, town, usePages, visit } from './use-pages.ts';
import { choose } from './a-visit.ts';

const HOSTILE = '<script>alert(1)</script> "><img src=x onerror=alert(2)>';

describe('the home and the list of purchases', () => {
  let offer: Offer;

  usePages({ timeZone: 'America/Los_Angeles' });

  const main = async (): Promise<string> => visit.page.locator('main').innerText();
  const rows = () => visit.page.locator('tbody tr').allInnerTexts();

  test('say what to do where nothing has happened yet', async () => {
    expect(new URL(visit.page.url()).pathname).toBe('/');
    expect(await main()).toContain('Nothing needs attention.');
    expect(await main()).toContain('Nothing is due.');
    await visit.look();

    await visit.page.goto('/purchases');
    expect(await main()).toContain('Nothing has been bought or granted yet.');
  });

  test('the home shows itself anew when something is bought', async () => {
    const { page } = visit;
    offer = await site.offer({ name: 'Studio membership' });
    await page.goto('/');

    const revoked = await site.buy(offer, { email: 'grace@host.example' });

    await page.getByText('$29.00').first().waitFor();
    await site.ask(revoked, 'revoke', { reason: 'Shared the login' });
  });

  test("the home counts what needs attention, adds up the day in the account's zone, and tells what comes next", async () => {
    const leaving = await site.buy(offer, { email: 'ada@host.example' });
    await site.ask(leaving, 'cancel', { when: 'period_end' });
    const gift = await site.offer({ name: HOSTILE });
    await site.must(site.owner.post('/v1/grants', { offerId: gift.id, email: 'linus@host.example', name: HOSTILE }));
    await site.quiet();

    await visit.page.goto('/');

    const text = await main();
    expect(text).toMatch(/Needs attention 1\s+Ada is billed without access/);
    expect(text).toMatch(/3\s+new purchases\s+1 of them granted/);
    expect(text).toMatch(/\$58\.00\s+payments taken\s+2 payments/);
    expect(text).toMatch(/0\s+canceled\s+1 more scheduled for later/);
    expect(await rows()).toEqual([
      expect.stringMatching(/^Sunday, Feb 28\s+\$29\.00$/),
      expect.stringMatching(/grace@host\.example\s+Renews.*\$29\.00/s),
      expect.stringMatching(/ada@host\.example\s+Ends/),
      expect.stringMatching(/^Tuesday, Mar 2\s*$/),
      expect.stringContaining('Refund window closes'),
      expect.stringContaining('Refund window closes'),
    ]);
  });

  test('what needs attention stands in its view as well', async () => {
    const { page } = visit;
    await page.goto('/purchases');
    await page.getByRole('link', { name: 'Billed without access 1' }).click();

    expect(await rows()).toEqual([
      expect.stringMatching(/grace@host\.example.*Billed without access.*Feb 28.*\$29\.00/s),
    ]);
    expect(await main()).toContain('1 purchase');
  });

  test('are filtered, searched and sorted by the address, and each view keeps the other filters', async () => {
    const { page } = visit;
    await page.goto('/purchases');
    expect(await main()).toContain('3 purchases');
    expect(await main()).toContain('<script>alert(1)</script>');
    await visit.look();

    await page.getByLabel('Name or email').fill('host');
    await choose(page, 'Offer', 'Studio membership');
    await page.getByRole('columnheader', { name: 'Next charge' }).getByRole('link').click();
    await page.waitForURL('**sort=nextCharge*');
    expect(await rows()).toEqual([expect.stringContaining('grace@'), expect.stringContaining('ada@')]);

    await page.getByRole('link', { name: 'Ending 1' }).click();
    expect(await rows()).toEqual([expect.stringMatching(/ada@.*Ending.*Ends\s+Feb 28/s)]);
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
      q: 'host',
      offerId: offer.id,
      sort: 'nextCharge',
      pendingCancellation: 'true',
    });

    await choose(page, 'Billing', 'Paused');
    expect(await main()).toContain('No purchases match.');
    await visit.look();
    await page.getByRole('link', { name: 'Show all purchases' }).click();
    expect(await main()).toContain('3 purchases');

    await page.goto(`/purchases?q=${encodeURIComponent(HOSTILE)}`);
    expect(await rows()).toEqual([expect.stringMatching(/linus@host\.example.*No billing.*granted/s)]);
  });

  test('are paged without any script, with the exact count of all', async () => {
    const { orm } = town.deps;
    for (let n = 0; n < 52; n += 1) {
      const person = { email: `p${n}@crowd.example`, name: null };
      const contactId = await aContact(orm.em.fork(), site.accountId, person);
      await aPurchase(orm, { contactId, offerId: offer.id });
    }
    const plain = await aWindow({ as: 'support', javaScriptEnabled: false });
    const { page } = plain;
    await page.goto('/purchases?q=crowd&sort=nextDue');
    const first = await page.locator('tbody tr').count();
    await page.getByRole('link', { name: 'Next page' }).click();

    await page.getByRole('link', { name: 'Next page' }).click();

    expect([first, await page.locator('tbody tr').count()]).toEqual([25, 2]);
    expect(await page.locator('main').innerText()).toContain('52 purchases');
    await page.getByRole('link', { name: 'First page' }).click();
    expect(await page.locator('tbody tr').count()).toBe(25);
    await plain.close();
  });

  test('everybody starts where their role may be, and finds nothing of another account', async () => {
    const other = await aSite(town);
    const visit = await aWindow();
    const startsAt = async (role: 'assistant' | 'operator' | 'administrator'): Promise<string> => {
      await visit.context.clearCookies();
      await visit.signIn(other, role);
      return new URL(visit.page.url()).pathname;
    };

    expect(await startsAt('assistant')).toBe('/offers');
    expect((await visit.page.goto('/purchases'))?.status()).toBe(403);
    expect(await startsAt('operator')).toBe('/accounts');
    await visit.page.goto('/contacts');
    expect(new URL(visit.page.url()).pathname).toBe('/accounts');
    expect(await startsAt('administrator')).toBe('/');
    await visit.page.goto(`/purchases?offerId=${offer.id}`);
    expect(await visit.page.locator('main').innerText()).toContain('0 purchases');
    await visit.close();
  });
});
