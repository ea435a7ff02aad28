import type { EntityManager } from '@mikro-orm/postgresql';
import { Account } from '../entities/account.ts';

/** The account of the platform itself, whoever asks; null where there is none [R18]. */
export const platformAccount = (em: EntityManager): Promise<Account | null> =>
  em.findOne(Account, { isPlatform: true }, { filters: { 'own-account': false } });
