import { describe, expect, test } from '@jest/globals';
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
