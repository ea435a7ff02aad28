import { beforeAll, describe, expect, test } from '@jest/globals';
import { Email } from '../../db/entities/email.ts';
import { aSuppression } from '../builders/suppressions.ts';
import { aSite } from '../journeys/a-site.ts';
import { choose } from './a-visit.ts';
import { aWindow, page, site, town, usePages, visit } from './use-pages.ts';

describe('the mail log', () => {
  let purchaseId: string;

  usePages();
  beforeAll(async () => {
    const offer = await site.offer({ name: '<b>Studio</b>' });
    purchaseId = await site.buy(offer);
    await site.ask(purchaseId, 'pause', { reason: 'On holiday' });
    await site.must(site.owner.post('/v1/grants', { offerId: offer.id, email: 'bob@example.com', name: 'Bob' }));
    await site.quiet();
  });

  const rows = () => page.getByRole('table').getByRole('row');

  /** The page of the newest email of a kind. */
  async function open(kind: string): Promise<string> {
    const { data } = await site.must(site.owner.get(`/v1/emails?kind=${kind}`));
    await page.goto(`/emails/${data[0]?.id}`);
    return data[0]?.id ?? '';
  }

  test('lists who got what, about what, and what became of it; filters stay in the address', async () => {
    await page.goto('/emails');
    const all = await site.must<{ count: number }>(site.owner.get('/v1/emails/count'));

    expect(await page.getByText(`${all.count} emails`).isVisible()).toBe(true);
    expect(await page.getByRole('navigation', { name: 'By state' }).innerText()).toMatch(/All \d+\s+On its way 0/);
    expect(await rows().count()).toBe(all.count + 1);

    await page.getByLabel('Name or email').fill('bob@');
    await choose(page, 'Kind', 'Member Welcome');

    expect(new URL(page.url()).search).toContain('kind=member-welcome');
    expect(await page.getByText('1 email', { exact: true }).isVisible()).toBe(true);
    expect(await rows().nth(1).textContent()).toContain('bob@example.com');
    await page.getByRole('link', { name: 'Bounced 0' }).click();
    expect(await page.getByText('No emails match.').isVisible()).toBe(true);
    await page.goto(`/emails?purchaseId=${purchaseId}`);
    expect(await page.getByRole('link', { name: 'one purchase' }).getAttribute('href')).toBe(
      `/purchases/${purchaseId}`,
    );
  });

  test('shows an email as it looks at a desk, on a phone and as text, and why it was written', async () => {
    const id = await open('purchase-paused');

    expect(await page.getByText('Reason: On holiday').isVisible()).toBe(true);
    expect(await page.getByRole('link', { name: '<b>Studio</b>' }).getAttribute('href')).toBe(
      `/purchases/${purchaseId}`,
    );
    const frame = page.frameLocator('iframe[title="The email"]');
    await frame.getByText('<b>Studio</b>').last().waitFor();

    await page.getByRole('link', { name: 'Phone' }).click();
    await frame.getByText('<b>Studio</b>').last().waitFor();
    expect((await page.locator('iframe').boundingBox())?.width).toBe(375);
    await visit.look();
    await page.getByRole('link', { name: 'Text' }).click();
    expect(await page.locator('pre').textContent()).toContain('<b>Studio</b>');
    const headers = (await page.request.get(`/emails/${id}/html`)).headers();
    expect(headers['content-security-policy']).toContain('sandbox');
  });

  test('gives nobody a one-time link, and nothing of what still waits', async () => {
    const id = await open('member-welcome');
    const html = await (await page.request.get(`/emails/${id}/html`)).text();

    expect(html).toContain('token=removed');
    expect(html.replaceAll('token=removed', '')).not.toMatch(/token(=|%3D)/);
    const words = { state: 'queued', html: '<p>token=secret</p>', text: 'token=secret', attempts: 1 } as const;
    const em = town.deps.orm.em.fork();
    const paused = await em.findOneOrFail(Email, { accountId: site.accountId, kind: 'purchase-paused' });
    await em.nativeUpdate(Email, { id: paused.id }, { ...words, wakeAt: '2999-01-01T00:00:00.000Z' });
    await page.goto(`/emails/${paused.id}`);

    expect(await page.getByText('It is waiting to be sent').isVisible()).toBe(true);
    expect(await page.content()).not.toContain('secret');
    expect(await (await page.request.get(`/emails/${paused.id}/html`)).text()).toBe('');
    expect(await page.getByRole('button', { name: 'Send again' }).count()).toBe(0);
    await em.nativeUpdate(Email, { id: paused.id }, { state: 'bounced', reason: 'permanent: no such mailbox' });
  });

  test('one that bounced says so, and is sent again by a button', async () => {
    const id = await open('purchase-paused');
    expect(await page.getByText('permanent: no such mailbox').isVisible()).toBe(true);

    await page.getByRole('button', { name: 'Send again' }).click();

    await page.getByText('This email replaces the first one.').waitFor();
    await page.getByRole('link', { name: 'The first one' }).click();
    expect(new URL(page.url()).pathname).toBe(`/emails/${id}`);
    expect(await page.getByText('Sent again').isVisible()).toBe(true);
    await site.quiet();
  });

  test('tells whom the provider writes no more, until an owner has it lifted with a reason', async () => {
    const [bob] = (await site.must(site.owner.get('/v1/contacts?q=bob@'))).data;
    await page.goto('/emails');
    await page.getByRole('link', { name: 'Suppressed …' }).click();
    expect(await page.getByText('No address is suppressed.').isVisible()).toBe(true);
    await aSuppression(town.deps.orm.em.fork(), { accountId: site.accountId, contactId: bob?.id ?? '' });
    const support = await aWindow({ as: 'support' });
    await support.page.goto(`/emails/suppressions?contactId=${bob?.id}`);
    expect(await support.page.getByText('Only an owner lifts it.').isVisible()).toBe(true);
    await support.close();

    await page.goto(`/contacts/${bob?.id}`);
    expect(await page.getByText('The mail provider sends nothing to this address.').isVisible()).toBe(true);
    await page.goto('/emails/suppressions');
    expect(await page.getByRole('link', { name: 'An email could not be delivered' }).isVisible()).toBe(true);
    await visit.look();
    await page.getByRole('link', { name: 'Lift …' }).click();
    await page.getByLabel('Why it can be written to again').fill('   ');
    await page.getByRole('button', { name: 'Lift the suppression' }).click();
    expect(await page.locator('main').innerText()).toContain('An email could not be delivered');
    await page.getByLabel('Why it can be written to again').fill('Bob has his mailbox back');
    await visit.look();
    await page.getByRole('button', { name: 'Lift the suppression' }).click();

    await page.getByText('The address is written to again.').waitFor();
    expect(await page.getByRole('link', { name: 'Bob has his mailbox back' }).isVisible()).toBe(true);
    await visit.look();
    await page.goto(`/contacts/${bob?.id}`);
    expect(await page.getByText('The mail provider sends nothing').count()).toBe(0);
    await page.goto(`/contacts/${bob?.id}/timeline`);
    expect(await page.getByText('The address is written to again').isVisible()).toBe(true);
  });

  test('shows no email of another account', async () => {
    const id = await open('member-welcome');
    const other = await aWindow({ at: await aSite(town), as: 'owner' });

    for (const path of [`/emails/${id}`, `/emails/${id}/html`, '/emails/nonsense'])
      expect([path, (await other.page.goto(path))?.status()]).toEqual([path, 404]);
    await other.page.goto('/emails');
    expect(await other.page.getByText('There are no emails yet.').isVisible()).toBe(true);
    await other.close();
  });
});
