import { expect, test } from '@jest/globals';
import { chromium } from 'playwright-core';
import { findChromium } from './chromium.ts';

test('a browser is found on this machine, and shows a page', async () => {
  const browser = await chromium.launch({ ...(await findChromium()), headless: true });
  try {
    const page = await browser.newPage();
    await page.setContent('<h1>Perennial</h1>');

    expect(await page.textContent('h1')).toBe('Perennial');
  } finally {
    await browser.close();
  }
});
