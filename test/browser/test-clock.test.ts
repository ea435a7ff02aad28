import { describe, expect, test } from '@jest/globals';
import { Account } from '../../db/entities/account.ts';
import { PHONE } from './a-visit.ts';
import { aWindow, page, site, town, usePages, visit } from './use-pages.ts';

describe('the test clock', () => {
  usePages({ timeZone: 'America/New_York' });

  const press = (name: string) => page.getByRole('button', { name }).click();
  const time = (words: string) => page.locator('.clock .time').filter({ hasText: words });
  const setClock = (change: Partial<Account>) =>
    town.deps.orm.em.fork().nativeUpdate(Account, { id: site.accountId }, change);

  /** A clock on its way that gets nowhere, until it is let go: its account is held locked. */
  async function setOff(clockTarget: string): Promise<() => Promise<void>> {
    await setClock({ clockTarget });
    const em = town.deps.orm.em.fork();
    await em.begin();
    await em.execute('select 1 from accounts where id = ? for update', [site.accountId]);
    return () => em.commit();
  }

  test('stands still where nothing is due, and says so', async () => {
    await page.goto('/test-clock');

    expect(await time('Jan 31, 04:00').isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'To the next due date' }).isDisabled()).toBe(true);
    expect(await page.getByText('Nothing is due.').isVisible()).toBe(true);
    await press('Forward one day');

    await time('Feb 1, 04:00').waitFor();
    expect(await page.getByText('Nothing was due in that time, so nothing happened.').isVisible()).toBe(true);
  });

  test('goes to what is due next, and tells what happened on the way', async () => {
    const purchaseId = await site.buy(await site.offer({ name: 'Studio <i>', trialDays: 3 }), {
      email: 'ada@example.com',
    });
    await page.goto('/test-clock');
    const first = page.getByRole('table').getByRole('row').nth(1);
    expect(await first.textContent()).toMatch(/Feb 4, 04:00.*Next.*Trial ends.*ada@example.com/);

    await press('To the next due date');

    await time('Feb 4').waitFor();
    const way = page.getByRole('list').filter({ hasText: 'Trial ended' });
    await way.waitFor();
    const lines = (await way.getByRole('listitem').allTextContents()).join('\n');
    expect(lines).toMatch(/Paid: \$29\.00[^]*Trial ended[^]*Email: Payment receipt to ada@example\.com/);
    expect(await way.getByRole('link', { name: 'Studio <i>' }).first().getAttribute('href')).toBe(
      `/purchases/${purchaseId}`,
    );
    await visit.look();
  });

  test('goes to a date by the wall clock of the account; one that has passed is refused', async () => {
    await page.getByLabel('To a date').fill('2027-02-01T00:00:00');
    await press('Move the clock');

    expect(await page.getByRole('alert').textContent()).toContain('Correct the marked fields');
    expect(await page.getByText(/must lie after Feb 4, 04:00/).isVisible()).toBe(true);

    await page.getByLabel('To a date').fill('2027-03-20T12:00:00');
    await press('Move the clock');
    await time('Mar 20, 12:00').waitFor();
  });

  test('while it moves, the page says how far it has come, and shows itself anew on arrival', async () => {
    const arrive = await setOff('2027-04-20T16:00:00.000Z');
    await page.goto('/test-clock?from=2027-03-20T16:00:00.000Z');

    expect(await page.getByText('Moving to').textContent()).toContain('Apr 20, 12:00');
    expect(await page.getByRole('button', { name: 'Forward one day' }).count()).toBe(0);
    await visit.look();
    const answer = await page.request.post('/test-clock', {
      form: { by: 'day' },
      headers: { origin: new URL(page.url()).origin },
    });
    expect(answer.status()).toBe(409);

    await arrive();
    await page.locator('#test-mode').filter({ hasNotText: 'moving' }).waitFor();
    await time('Apr 20').waitFor();
    expect(await page.getByRole('button', { name: 'Forward one day' }).isVisible()).toBe(true);
  });

  test('is read by everybody, moved by owners, and explained on a live account', async () => {
    const assistant = await aWindow({ as: 'assistant', viewport: PHONE, javaScriptEnabled: false });
    await assistant.page.goto('/test-clock?from=2027-01-31T09:00:00.000Z');
    expect(await assistant.page.getByText('An owner or administrator can move it.').isVisible()).toBe(true);
    expect(await assistant.page.getByText('$29.00').count()).toBe(0);
    await assistant.close();

    await setClock({ mode: 'live', clockAt: null });
    await page.goto('/test-clock');
    expect(await page.getByText('This is a live account').isVisible()).toBe(true);
  });
});
