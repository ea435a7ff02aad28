import { parseInstant } from '../../workflows/domain/instant.ts';
import type { Page, PageQuery } from '../../db/queries/page.ts';
import { invalid } from './problem.ts';

type Given = { limit: number; cursor?: string };

/** The place in a list that a cursor names. @throws Problem 422 for one that we have not made */
export function readPage({ limit, cursor }: Given): PageQuery {
  return { limit, after: cursor === undefined ? null : readCursor(cursor) };
}

function readCursor(cursor: string): { at: string; id: string } {
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    const isOurs =
      typeof at === 'string' && typeof id === 'string' && parseInstant(at) === at && /^[\w-]{1,255}$/.test(id);
    if (isOurs && writeCursor({ at, id }) === cursor) return { at, id };
  } catch {
    // Answered below.
  }
  throw invalid('cursor', 'is no nextCursor of this list');
}

const writeCursor = ({ at, id }: { at: string; id: string }): string =>
  Buffer.from(JSON.stringify([at, id])).toString('base64url');

/** A page as it is answered. */
export const toApiPage = <Row, Item>(
  page: Page<Row>,
  toApi: (row: Row) => Item,
): { data: Item[]; nextCursor: string | null } => ({
  data: page.rows.map(toApi),
  nextCursor: page.next && writeCursor(page.next),
});
