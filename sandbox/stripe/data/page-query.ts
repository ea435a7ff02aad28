import type { BooksContext } from './context.ts';
import type { Kind } from './docs.ts';
import { invalidRequest } from '../protocol/fault.ts';

export const FILTERS = ['customer', 'subscription', 'invoice', 'payment_intent', 'charge', 'clock'] as const;

export type Filter = { [name in (typeof FILTERS)[number]]?: string | undefined };

export interface Paging {
  limit?: number | undefined;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
  /** Event types: one may end with `*`. */
  types?: string[] | undefined;
  created?:
    | { gt?: number | undefined; gte?: number | undefined; lt?: number | undefined; lte?: number | undefined }
    | undefined;
}

interface PageQuery {
  sql: string;
  values: (string | number)[];
  /** Rows come oldest first and are to be turned round. */
  reversed: boolean;
}

const COMPARE = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/**
 * The statement behind one page of a list: newest first by `created`, then by the order of making.
 */
export function pageQuery(context: BooksContext, kind: Kind, filter: Filter, paging: Paging): PageQuery {
  const where = ['account = ?', 'kind = ?'];
  const values: (string | number)[] = [context.account, kind];
  for (const name of FILTERS) {
    const value = filter[name];
    if (value === undefined) continue;
    where.push(`${name} = ?`);
    values.push(value);
  }
  for (const [name, value] of Object.entries(paging.created ?? {})) {
    if (value === undefined) continue;
    where.push(`created ${COMPARE[name as keyof typeof COMPARE]} ?`);
    values.push(value);
  }
  if (paging.types) {
    where.push(`(${paging.types.map(() => 'label glob ?').join(' or ')})`);
    values.push(...paging.types);
  }
  const cursor = paging.starting_after ?? paging.ending_before;
  const reversed = paging.starting_after === undefined && paging.ending_before !== undefined;
  if (cursor !== undefined) {
    where.push(`(created, seq) ${reversed ? '>' : '<'} (?, ?)`);
    values.push(...position(context, cursor, reversed ? 'ending_before' : 'starting_after'));
  }
  const order = reversed ? 'created, seq' : 'created desc, seq desc';
  return { sql: `select json from objects where ${where.join(' and ')} order by ${order}`, values, reversed };
}

function position({ database, account }: BooksContext, id: string, param: string): [number, number] {
  const row = database.prepare('select created, seq from objects where account = ? and id = ?').get(account, id);
  if (!row) throw invalidRequest(`No such object: '${id}'`, param, 'resource_missing');
  return [Number(row.created), Number(row.seq)];
}
