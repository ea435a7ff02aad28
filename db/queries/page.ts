import type { EntityManager, EntityName, FilterQuery } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';

/** The newest first; `after` is the last row of the page before. */
export type PageQuery = { limit: number; after: { at: Instant; id: string } | null };
export type Page<Row> = { rows: Row[]; next: { at: Instant; id: string } | null };

type Listed = { id: string };
/** What is listed, and by which instant. */
type Listing<Row> = { sort: keyof Row & string; where: Record<string, unknown> };

/** One page of a table by an instant and, where it is equal, by id; every such order has its index. */
export async function findPage<Row extends Listed>(
  em: EntityManager,
  entity: EntityName<Row>,
  { sort, where }: Listing<Row>,
  { limit, after }: PageQuery,
): Promise<Page<Row>> {
  const beyond = after && { $or: [{ [sort]: { $lt: after.at } }, { [sort]: after.at, id: { $lt: after.id } }] };
  const rows = await em.find(entity, { $and: [where, ...(beyond ? [beyond] : [])] } as FilterQuery<Row>, {
    orderBy: [{ [sort]: 'desc' }, { id: 'desc' }] as never,
    limit: limit + 1,
  });
  const shown = rows.slice(0, limit) as Row[];
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? { at: String(last[sort]), id: last.id } : null };
}
