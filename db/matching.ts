import type { EntityManager } from '@mikro-orm/postgresql';
import type { Condition } from './page.ts';
import { query, sql } from './sql.ts';

/** What is looked for in a column of `search_of`: a word, or a piece of an address as it stands. */
export type Part = { text: string; isShort: boolean };

/** More words than that are not looked for. */
const MOST_WORDS = 10;

/**
 * What somebody looks for by what they typed: each of its words, in any order, without accents and
 * signs; what has an @ as it stands, and so what is nothing but signs.
 */
export async function partsOf(em: EntityManager, typed: string): Promise<Part[]> {
  const pieces = typed.trim().split(/\s+/);
  const addresses = pieces.filter(isAddress).map((piece) => piece.toLowerCase());
  const words = await wordsOf(em, pieces.filter((piece) => !isAddress(piece)).join(' '));
  const texts = [...new Set([...addresses, ...words])];
  return (texts.length === 0 ? [typed.trim().toLowerCase()] : texts).slice(0, MOST_WORDS).map(partOf);
}

const isAddress = (piece: string): boolean => piece.length > 1 && piece.includes('@');

async function wordsOf(em: EntityManager, text: string): Promise<string[]> {
  if (text === '') return [];
  const [row] = await query<{ words: string }>(em, sql`select search_words(${text}) as words`);
  return (row?.words ?? '').split(' ').filter((word) => word !== '');
}

const partOf = (text: string): Part => ({ text, isShort: IS_SHORT.test(text) });

/** So few letters have trigrams only where a word begins, so there they are looked for. */
const IS_SHORT = /^[a-z0-9]{1,2}$/;
/** The name stands on a line of its own. */
const BEFORE_WORDS = ['\n', ' ', '.', '@', '-'];

/** Where all parts are in a column. */
export function matching(column: string, parts: readonly Part[]): Condition {
  const each = parts.map((part) => patternsOf(part));
  const either = each.map((patterns) => `(${patterns.map(() => `${column} like ?`).join(' or ')})`);
  return { sql: `(${either.join(' and ')})`, params: each.flat() };
}

export function patternsOf({ text, isShort }: Part): string[] {
  const part = `${literal(text)}%`;
  return isShort ? [part, ...BEFORE_WORDS.map((before) => `%${before}${part}`)] : [`%${part}`];
}

/** The same as `matching` asks, of a text at hand. */
export const isIn = (text: string, { text: part, isShort }: Part): boolean =>
  isShort
    ? text.startsWith(part) || BEFORE_WORDS.some((before) => text.includes(`${before}${part}`))
    : text.includes(part);

/** As it stands, in a pattern. */
export const literal = (part: string): string => part.replaceAll(/[\\%_]/g, String.raw`\$&`);
