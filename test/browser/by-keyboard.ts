import type { Page } from 'playwright-core';

/** More than any page has: who is behind what they look for comes around once. */
const MOST_ITEMS = 120;

/** What stands where the focus is, as it is read out; a link's, button's or field's own words. */
const FOCUSED = `(() => {
  const at = document.activeElement;
  const label = at.labels?.length ? at.labels[0].textContent : at.getAttribute('aria-label') ?? at.textContent;
  return [at.tagName, label.trim()];
})()`;

/** Uses a page as somebody without a mouse does: what Tab does not reach is not there. */
export function byKeyboard(page: Page) {
  async function reach(tags: string[], name: string | RegExp): Promise<void> {
    for (let steps = 0; steps < MOST_ITEMS; steps += 1) {
      await page.keyboard.press('Tab');
      const [tag, label] = await page.evaluate<[string, string]>(FOCUSED);
      const isNamed = typeof name === 'string' ? label === name : name.test(label);
      if (isNamed && tags.includes(tag)) return;
    }
    throw new Error(`no way to ${name} by keyboard on ${page.url()}`);
  }

  return {
    type: async (label: string | RegExp, text: string): Promise<void> => {
      await reach(['INPUT', 'TEXTAREA'], label);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(text);
    },
    press: async (name: string | RegExp, key = 'Enter'): Promise<void> => {
      await reach(['BUTTON', 'INPUT'], name);
      await page.keyboard.press(key);
    },
    follow: async (name: string | RegExp): Promise<void> => {
      await reach(['A'], name);
      const from = page.url();
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.href !== from);
    },
  };
}
