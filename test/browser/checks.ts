import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const COLOR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * What axe-core finds on a page as it stands, of any impact, each with its elements; `color`: only
 * what another scheme can change.
 */
export async function foundByAxe(page: Page, what: 'all' | 'color' = 'all'): Promise<string[]> {
  if (!(await page.evaluate<boolean>('typeof axe === "object"'))) await page.evaluate(await axe);
  const options = { resultTypes: ['violations'], preload: false, ...(what === 'color' && { runOnly: COLOR_RULES }) };
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** How many pixels of the page lie beside the window. */
export const pixelsBeside = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

const RAW_ID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}|\b(?:in|ch|sub|cus|pi|pm|evt|cs|re|dp|seti)_\w{6,}/g;
const VALIDATOR = /Invalid (?:input|option|string)|Too (?:small|big)|Unrecognized key|expected \w+, received/g;

/** Ids that stand there as words instead of as code, and sentences of validators. */
export async function rawWords(page: Page): Promise<string[]> {
  const text = await page.evaluate<string>(`(() => {
    const main = document.getElementById('main').cloneNode(true);
    for (const one of main.querySelectorAll('code, pre, script, option')) one.remove();
    return main.textContent;
  })()`);
  return [...text.matchAll(RAW_ID), ...text.matchAll(VALIDATOR)].map(([found]) => found);
}

/** Of inputs: `field@kind` as `api/pages/form.ts` reads it, or not for the API. */
const READ_NAME = /^(?:_.*|[\w.]+(?:@(?:text|int|number|minor:[\w.]+|instant|flag|list|lines)\??)?)$/;

/** Inputs of forms by whose names what is typed would be misread. */
export async function misnamedFields(page: Page): Promise<string[]> {
  const fields = await page.evaluate<[string, string][]>(
    `[...document.querySelectorAll('form[method=post] [name]')].map(({ name, type }) => [name, type])`,
  );
  const isMisread = ([name, type]: [string, string]) =>
    !READ_NAME.test(name) || (type === 'checkbox' && !/^_|@(?:flag|list)$/.test(name));
  return fields.filter(isMisread).map(([name]) => `misread: ${name}`);
}
