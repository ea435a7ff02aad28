import type { Site } from '../page.ts';
import { moneyInWords } from '../parts/money.tsx';
import type { Tone } from '../parts/notice.tsx';
import { instantInWords } from './instant.ts';

export type Data = Record<string, unknown>;

/** What the details of an entry are shown with. */
export type DetailContext = { site: Site; productNames: ReadonlyMap<string, string> };
export type Details = (data: Data, context: DetailContext) => (string | null)[];

export type EntryWords = { label: string; tone: Tone; details?: Details };

export const at = (value: unknown, { site }: DetailContext): string | null =>
  typeof value === 'string' ? instantInWords(value, site, 'hour') : null;

export const prefixed = (prefix: string, text: string | null): string | null =>
  text === null ? null : `${prefix} ${text}`;

export const money = ({ amountMinor, currency }: Data): string | null =>
  typeof amountMinor === 'number' && typeof currency === 'string' && currency !== ''
    ? moneyInWords({ amountMinor, currency })
    : null;
