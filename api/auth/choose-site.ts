import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { Account } from '../../db/entities/account.ts';
import { Problem } from '../http/problem.ts';
import { givenId } from '../http/fields.ts';

/** Stands in place of an account's id for an operator's login. */
const PLATFORM = 'platform';

type Person = { accountId: string | null };

/** Chooses between several sites where one password works. */
export const siteChoice = z.union([givenId, z.literal(PLATFORM)]);

const siteOf = ({ accountId }: Person): string => accountId ?? PLATFORM;

/** Those at the named site; all of them where none is named. */
export const atSite = <P extends Person>(people: P[], named: string | undefined): P[] =>
  named === undefined ? people : people.filter((person) => siteOf(person) === named);

/**
 * The only one with this password. @throws Problem 409 that names the sites, if there are several
 */
export async function onlySite<P extends Person>(em: EntityManager, fitting: P[]): Promise<P> {
  const [one, ...others] = fitting;
  if (one && others.length === 0) return one;
  const accounts = await em.find(Account, { id: { $in: fitting.flatMap(({ accountId }) => accountId ?? []) } });
  const nameOf = (id: string): string => accounts.find((account) => account.id === id)?.name ?? 'The platform';
  const sites = fitting.map(siteOf).map((accountId) => ({ accountId, name: nameOf(accountId) }));
  const detail = 'This is your password at several sites: say which one you mean.';
  throw new Problem(409, 'site_required', { detail, field: 'accountId', sites });
}
