import { describe, expect, test } from '@jest/globals';
import { Admin } from '../../db/entities/admin.ts';
import { createLoginToken } from '../../db/people/login-tokens.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { anAdmin as insertAdmin } from '../builders/rows.ts';
import { anAdmin, PHONE } from './a-visit.ts';
import { site, town, usePages, visit } from './use-pages.ts';

describe('signing in', () => {
  usePages({ as: null, viewport: PHONE });

  const submit = async (email: string, password: string): Promise<void> => {
    await visit.page.getByLabel('Email').fill(email);
    await visit.page.getByLabel('Password').fill(password);
    await visit.page.getByRole('button', { name: 'Sign in' }).click();
  };

  test('leads back to where somebody wanted to go, and says nothing of who exists', async () => {
    const { page } = visit;
    await page.goto('/accounts');

    expect(new URL(page.url()).pathname).toBe('/sign-in');

    await submit('nobody@willow.example', 'not my password');
    expect(await page.getByRole('alert').textContent()).toContain('Email and password do not fit together');

    const { email, password } = await anAdmin(site, 'operator');
    await submit(email, password);
    await page.waitForURL('**/accounts');

    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Accounts');
  });

  test('who has forgotten the password asks for a link, or goes through what else it may be', async () => {
    const { page } = visit;
    const { email } = await anAdmin(site, 'support');
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'I can’t sign in' }).click();
    expect(await page.getByRole('listitem').count()).toBe(6);
    await visit.look();
    await page.getByRole('link', { name: 'Choose another one' }).click();
    await page.getByLabel('Email').fill(email);
    await page.getByRole('button', { name: 'Email me the link' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Check your inbox');

    const { id } = await town.deps.orm.em.fork().findOneOrFail(Admin, { email });
    const of = { accountId: site.accountId, adminId: id, kind: 'reset_admin', now: fromMs(Date.now()) } as const;
    const { token } = await createLoginToken(town.deps.orm.em.fork(), of);
    await page.goto(`/reset-password?token=${token}`);
    await page.getByLabel('Password').fill('short');
    await page.getByRole('button', { name: 'Save it' }).click();
    expect(await page.getByText('Password must have at least 8').isVisible()).toBe(true);
    await page.getByLabel('Password').fill('another one, and longer');
    await page.getByRole('button', { name: 'Save it' }).click();
    expect(await page.getByRole('status').first().textContent()).toContain('Your password is changed');
    await submit(email, 'another one, and longer');
    await page.waitForURL((url) => url.pathname !== '/sign-in');

    await page.goto(`/reset-password?token=${token}`);
    await page.getByLabel('Password').fill('a third one, as long');
    await page.getByRole('button', { name: 'Save it' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('This link has expired');
    await page.goto('/');
    await page.getByText('Your account').click({ force: true });
    await page.getByRole('button', { name: 'Sign out' }).click();
  });

  test('who has not confirmed the address is told so, and led to the link', async () => {
    const { page } = visit;
    const email = 'slow@willow.example';
    const slow = { accountId: site.accountId, email, role: 'support', confirmedAt: null } as const;
    await insertAdmin(town.deps.orm.em.fork(), slow);

    await page.goto('/sign-in');
    await submit(email, 'not my password');

    expect(await page.getByRole('alert').textContent()).toContain('not confirmed yet');
    await page.getByRole('link', { name: 'Have the link sent again' }).click();
    expect(new URL(page.url()).pathname).toBe('/sign-up/link');
    const { email: known, password } = await anAdmin(site, 'operator');
    await page.goto('/sign-in');
    await submit(known, password);
    await page.waitForURL((url) => url.pathname !== '/sign-in');
  });

  test('signing out ends the session in this browser', async () => {
    await visit.page.getByText('Your account').click({ force: true });
    await visit.page.getByRole('button', { name: 'Sign out' }).click();
    await visit.page.goto('/accounts');

    expect(new URL(visit.page.url()).pathname).toBe('/sign-in');
  });

  test('a form from another site is refused, and so is one that does not say where it is from', async () => {
    const { email, password } = await anAdmin(site);
    const body = new URLSearchParams({ email, password });
    const send = (headers: Record<string, string>) =>
      fetch(`${town.apiUrl}/sign-in`, { method: 'POST', body, headers, redirect: 'manual' });

    const answers = await Promise.all([send({ origin: 'https://evil.example' }), send({}), send({ origin: 'null' })]);
    const own = await send({ origin: town.apiUrl });

    expect(answers.map(({ status, headers }) => [status, headers.get('set-cookie')])).toEqual([
      [403, null],
      [403, null],
      [403, null],
    ]);
    expect([own.status, own.headers.get('set-cookie')]).toEqual([
      303,
      expect.stringMatching(/^__Host-.*HttpOnly; Secure; SameSite=Lax/),
    ]);
  });

  test('nobody is led to another site after signing in', async () => {
    const { email, password } = await anAdmin(site);
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      const body = new URLSearchParams({ email, password, _next: next });
      const headers = { origin: town.apiUrl };
      const answer = await fetch(`${town.apiUrl}/sign-in`, { method: 'POST', body, headers, redirect: 'manual' });

      expect([next, answer.headers.get('location')]).toEqual([next, '/']);
    }
  });
});
