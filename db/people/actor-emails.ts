import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../../workflows/domain/verb.ts';
import { Admin } from '../entities/admin.ts';

/** Actors are kept by id and shown by email [R2.3]. */
export type ActorEmails = Map<string, string>;

export async function actorEmails(em: EntityManager, actors: readonly Actor[]): Promise<ActorEmails> {
  const people = actors.filter(({ kind }) => kind === 'admin' || kind === 'operator');
  const ids = [...new Set(people.flatMap(({ id }) => id ?? []))];
  if (ids.length === 0) return new Map();
  const admins = await em.find(Admin, { id: { $in: ids } });
  return new Map(admins.map(({ id, email }) => [id, email]));
}
