import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openBrowser } from './a-visit.ts';

const FOLDER = join('docs', 'images');
const SCREEN = { width: 1440, height: 900 };

/** The pages that README and docs show, of the account that `npm run demo -- --many` fills. */
const PICTURES = { home: '/', purchases: '/purchases', payments: '/payments' } as const;

const pathOf = (name: string): string => join(FOLDER, `${name}.png`);

/** Takes them anew: `PICTURES_FROM=.data npm test -- test/browser/pictures.test.ts`. */
async function takeThem(dataDir: string): Promise<void> {
  const demo = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as Record<string, string>;
  const browser = await openBrowser();
  const page = await browser.newPage({ baseURL: demo.apiUrl ?? '', viewport: SCREEN, colorScheme: 'light' });
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(demo.adminEmail ?? '');
  await page.getByLabel('Password').fill(demo.adminPassword ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/');
  for (const [name, path] of Object.entries(PICTURES)) {
    await page.goto(path);
    await page.screenshot({ path: pathOf(name) });
  }
  await page.goto('/purchases?billingStatus=past_due');
  await page.locator('tbody a.row').first().click();
  await page.waitForURL('**/purchases/*-*');
  await page.screenshot({ path: pathOf('purchase') });
  await browser.close();
}

async function referenced(): Promise<string[]> {
  const docs = (await readdir('docs')).filter((name) => name.endsWith('.md')).map((name) => join('docs', name));
  const texts = await Promise.all(['README.md', ...docs].map((path) => readFile(path, 'utf8')));
  return texts.flatMap((text) => [...text.matchAll(/images\/([\w-]+)\.png/g)].map(([, name]) => name ?? ''));
}

test('every picture that README and docs show is there, and small', async () => {
  const { PICTURES_FROM } = process.env;
  if (PICTURES_FROM) await takeThem(PICTURES_FROM);

  const shown = await referenced();
  expect(shown).toEqual(expect.arrayContaining([...Object.keys(PICTURES), 'purchase']));
  for (const name of shown)
    expect({ name, size: (await stat(pathOf(name))).size < 250_000 }).toEqual({ name, size: true });
});
