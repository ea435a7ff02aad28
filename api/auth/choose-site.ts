import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { Account } from '../../db/entities/account.ts';
import { Problem } from '../http/problem.ts';
import { givenId } from '../http/fields.ts';

/** What an operator's login belongs to, where an account's id would stand. */
const PLATFORM = 'platform';

type Person = { accountId: string | null };

/** Which of several sites, where one password fits a login at each. */
export const siteChoice = z.union([givenId, z.literal(PLATFORM)]);

const siteOf = ({ accountId }: Person): string => accountId ?? PLATFORM;

/** Those at the named site; all of them where none is named. */
export const atSite = <P extends Person>(people: P[], named: string | undefined): P[] =>
  named === undefined ? people : people.filter((person) => siteOf(person) === named);

/**
 * The one whose password it is. @throws Problem 409 that names the sites, where it is the password
 * at several
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
