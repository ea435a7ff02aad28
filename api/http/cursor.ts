import { validate as isUuid } from 'uuid';
import { parseInstant } from '../../workflows/domain/instant.ts';
import type { Page, PageQuery, Place } from '../../db/page.ts';
import { invalid } from './problem.ts';

type Given = { limit: number; cursor?: string | undefined };

/**
 * What the rows of a list are sorted by, and whether their ids are ours, Stripe's, which may be any
 * word, or those of credits.
 */
type Places = { by: string; ids?: 'ours' | 'stripe' | 'credits' };

/**
 * The place in a list that a cursor names. @throws Problem 422 for one that this list, so sorted,
 * cannot have made
 */
export function readPage({ limit, cursor }: Given, places: Places): PageQuery {
  return { limit, after: cursor === undefined ? null : readCursor(cursor, places) };
}

function readCursor(cursor: string, { by, ids = 'ours' }: Places): Place {
  try {
    const [sorted, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    const isOurs = sorted === by && isKeyOf(by, key) && typeof id === 'string' && isIdOf[ids](id);
    if (isOurs && writeCursor({ by, key, id }) === cursor) return { by, key, id };
  } catch {
    // Answered below.
  }
  throw invalid('cursor', 'is no nextCursor of this list');
}

const isIdOf: Record<NonNullable<Places['ids']>, (id: string) => boolean> = {
  ours: isUuid,
  stripe: (id) => /^\w{1,255}$/.test(id),
  credits: (id) => /^[\da-f-]{36}:\d{1,9}$/.test(id),
};

/** A key that Postgres would not accept is no place either. */
function isKeyOf(by: string, key: unknown): key is string | null {
  if (!/(^at|At)$/.test(by)) return typeof key === 'string' && key.isWellFormed() && !key.includes('\0');
  return key === null ? by.startsWith('next') : typeof key === 'string' && parseInstant(key) === key;
}

const writeCursor = ({ by, key, id }: Place): string =>
  Buffer.from(JSON.stringify([by, key, id])).toString('base64url');

/** A page of which all rows were shown at once, in their order. */
export const toShownPage = <Item>(
  { next }: Page<unknown>,
  data: Item[],
): { data: Item[]; nextCursor: string | null } => ({
  data,
  nextCursor: next && writeCursor(next),
});

/** A page as it is answered. */
export const toApiPage = <Row, Item>(
  page: Page<Row>,
  toApi: (row: Row) => Item,
): { data: Item[]; nextCursor: string | null } => toShownPage(page, page.rows.map(toApi));
