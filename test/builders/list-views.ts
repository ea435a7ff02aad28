import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { ListView } from '../../db/entities/list-view.ts';
import { T0 } from './purchase.ts';

/** A view of the list of purchases that everybody sees. */
export async function aListView(
  em: EntityManager,
  given: Pick<ListView, 'accountId' | 'name'> & Partial<ListView>,
): Promise<string> {
  const id = given.id ?? uuid();
  const query = { billingStatus: 'past_due' };
  await em.insert(ListView, { ownerId: null, list: 'purchases', query, createdAt: T0, ...given, id });
  return id;
}
