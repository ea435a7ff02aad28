import { accountIdOf, type Scoped } from '../account-scope.ts';
import { ListView, type ListName } from '../entities/list-view.ts';
import { run, sql } from '../sql.ts';

/** How many views of one list somebody may have, and so many again may be everybody's. */
export const MOST_VIEWS = 50;

/** What somebody sees: their own, and everybody's. */
const seenBy = (ownerId: string | null) => ({ $or: [{ ownerId: null }, ...(ownerId === null ? [] : [{ ownerId }])] });

/** The views of a list, or of all, that somebody sees, by their names. */
export const viewsSeenBy = (em: Scoped, ownerId: string | null, list?: ListName): Promise<ListView[]> =>
  em.find(ListView, { ...seenBy(ownerId), ...(list && { list }) }, { orderBy: { name: 'asc', id: 'asc' } });

/** A view that somebody sees; null if there is none. */
export const findView = (em: Scoped, id: string, ownerId: string | null): Promise<ListView | null> =>
  em.findOne(ListView, { id, ...seenBy(ownerId) });

/** Views of one account are named one after the other, so that no two get one name. */
export const lockViews = (tx: Scoped): Promise<unknown> =>
  run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`list-views ${accountIdOf(tx)}`}, 0))`);

type Place = Pick<ListView, 'id' | 'ownerId' | 'list' | 'name'>;

/** Whether another view of the list, of the same owner, has this name. */
export const isNameTaken = async (em: Scoped, { id, ownerId, list, name }: Place): Promise<boolean> => {
  const others = await em.find(ListView, { list, ownerId, id: { $ne: id } });
  return others.some((other) => other.name.toLowerCase() === name.toLowerCase());
};

export const countViews = (em: Scoped, { list, ownerId }: Pick<ListView, 'list' | 'ownerId'>): Promise<number> =>
  em.count(ListView, { list, ownerId });
