import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../../workflows/domain/verb.ts';
import { Admin } from '../entities/admin.ts';

/** Actors are kept by id and shown by email [R2.3]. */
export type ActorEmails = Map<string, string>;

/** The admins and operators among them, whom an email can name. */
export function adminIdsOf(actors: readonly Actor[]): string[] {
  const people = actors.filter(({ kind }) => kind === 'admin' || kind === 'operator');
  return [...new Set(people.flatMap(({ id }) => id ?? []))];
}

export async function actorEmails(em: EntityManager, actors: readonly Actor[]): Promise<ActorEmails> {
  const ids = adminIdsOf(actors);
  if (ids.length === 0) return new Map();
  // An operator is of another account than what they did it to.
  const admins = await em.find(Admin, { id: { $in: ids } }, { filters: { account: false } });
  return new Map(admins.map(({ id, email }) => [id, email]));
}
