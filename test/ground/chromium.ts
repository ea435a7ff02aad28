import { access, constants } from 'node:fs/promises';
import { findOnPath } from '../../sandbox/temporal/temporal-cli.ts';

/** How to launch a headless browser, as playwright-core takes it. */
export type Browser = { executablePath: string; args: string[] };

/**
 * CHROMIUM, else `chromium` or `google-chrome` on PATH, else the one that an npm package carries.
 */
export async function findChromium(): Promise<Browser> {
  const named = process.env.CHROMIUM;
  if (named) await access(named, constants.X_OK);
  const path = named ?? (await findOnPath('chromium')) ?? (await findOnPath('google-chrome'));
  if (path) return { executablePath: path, args: ['--no-sandbox'] };
  const { default: carried } = await import('@sparticuz/chromium');
  return { executablePath: await carried.executablePath(), args: carried.args };
}
