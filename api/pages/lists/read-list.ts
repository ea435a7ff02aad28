import { Problem } from '../../http/problem.ts';
import type { AsTyped } from '../form.ts';

export type Listed<Row> = { data: Row[]; nextCursor: string | null };
type Asked = AsTyped<string>;

/** What was read, by what of the filter, and which of its names could not be asked for. */
export type Read<Row> = { list: Listed<Row>; asked: Asked; leftOut: string[] };

/**
 * Reads a list by what an address says. A view may be older than what it names: a segment that was
 * deleted, a state that there is no more. What the API refuses of it is left out, and named.
 * @throws Problem for whatever else is refused
 */
export async function readList<Row>(asked: Asked, read: (asked: Asked) => Promise<Listed<Row>>): Promise<Read<Row>> {
  const leftOut: string[] = [];
  for (let still = asked; ;) {
    try {
      return { list: await read(still), asked: still, leftOut };
    } catch (error) {
      const wrong = wrongNames(error, still);
      if (wrong.length === 0) throw error;
      leftOut.push(...wrong);
      still = without(still, wrong);
    }
  }
}

function wrongNames(error: unknown, asked: Asked): string[] {
  if (!(error instanceof Problem) || error.status !== 422) return [];
  const fields = (error.details.errors ?? []).map(({ field }) => field);
  return Object.keys(asked).filter((name) => fields.includes(name));
}

/** What an address says but for some names. */
export const without = (asked: Asked, names: readonly string[]): Asked =>
  Object.fromEntries(Object.entries(asked).filter(([name]) => !names.includes(name))) as Asked;

/** How many rows are read at once for a file. */
export const ROWS_AT_ONCE = '200';

/** All rows of a list from its first page on, a page at a time. */
export async function* allRows<Row>(
  first: Listed<Row>,
  read: (cursor: string) => Promise<Listed<Row>>,
): AsyncGenerator<Row> {
  for (let page = first; ; page = await read(page.nextCursor)) {
    yield* page.data;
    if (page.nextCursor === null) return;
  }
}
