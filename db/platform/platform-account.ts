import type { EntityManager } from '@mikro-orm/postgresql';
import { scopeTo, type Scoped, type Unscoped } from '../account-scope.ts';
import { Account } from '../entities/account.ts';

/** The account of the platform itself, whoever asks; null where there is none [R18]. */
export const platformAccount = (em: EntityManager): Promise<Account | null> =>
  em.findOne(Account, { isPlatform: true }, { filters: { 'own-account': false } });

/** The platform with a unit of work inside of it, to which `em` is bound from then on. */
export async function insidePlatform(em: Unscoped): Promise<{ em: Scoped; account: Account } | null> {
  const account = await platformAccount(em);
  return account && { em: scopeTo(em, account.id), account };
}
