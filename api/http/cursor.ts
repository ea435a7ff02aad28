import { validate as isUuid } from 'uuid';
import { parseInstant } from '../../workflows/domain/instant.ts';
import type { Page, PageQuery } from '../../db/queries/page.ts';
import { invalid } from './problem.ts';

type Given = { limit: number; cursor?: string };

/** Whose ids the rows of a list have: ours, or Stripe's, which are any word. */
type Ids = 'ours' | 'stripe';

/** The place in a list that a cursor names. @throws Problem 422 for one that this list cannot have made */
export function readPage({ limit, cursor }: Given, ids: Ids = 'ours'): PageQuery {
  return { limit, after: cursor === undefined ? null : readCursor(cursor, ids) };
}

function readCursor(cursor: string, ids: Ids): { at: string; id: string } {
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    const isOurs = typeof at === 'string' && typeof id === 'string' && parseInstant(at) === at && isIdOf[ids](id);
    if (isOurs && writeCursor({ at, id }) === cursor) return { at, id };
  } catch {
    // Answered below.
  }
  throw invalid('cursor', 'is no nextCursor of this list');
}

const isIdOf: Record<Ids, (id: string) => boolean> = {
  ours: isUuid,
  stripe: (id) => /^\w{1,255}$/.test(id),
};

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
