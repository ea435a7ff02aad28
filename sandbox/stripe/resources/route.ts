import type { z } from 'zod';
import type { Books } from '../data/books.ts';
import type { AnyDoc, ApiList } from '../data/docs.ts';
import type { FormTree } from '../protocol/form.ts';
import { readParams } from '../protocol/fields.ts';

export interface Call<P> {
  books: Books;
  params: P;
  /** The `:id` of the path. */
  id: string;
}

/** An object, a page of them, or a bare answer such as `{ id, deleted: true }`. */
export type Answer = AnyDoc | ApiList<unknown> | { id: string; object: string; deleted: true };

export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  pattern: RegExp;
  run(books: Books, id: string, input: FormTree): { answer: Answer; expand: string[] };
}

/**
 * One endpoint: what it takes (anything else is refused) and what it does. `:id` stands for the
 * object's id.
 */
export function route<T extends z.ZodType<{ expand?: string[] | undefined }>>(
  method: Route['method'],
  path: string,
  params: T,
  run: (call: Call<z.output<T>>) => Answer,
): Route {
  return {
    method,
    path,
    pattern: new RegExp(`^${path.replace(':id', '([^/]+)')}$`),
    run: (books, id, input) => {
      const read = readParams(params, input);
      return { answer: run({ books, params: read, id }), expand: read.expand ?? [] };
    },
  };
}
