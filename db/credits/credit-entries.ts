import type { EntityManager } from '@mikro-orm/postgresql';
import { CreditEntry } from '../entities/credit-entry.ts';

/** The ledger of a purchase's credits, in the order in which it was written. */
export const readCreditEntries = (em: EntityManager, purchaseId: string): Promise<CreditEntry[]> =>
  em.find(CreditEntry, { purchaseId }, { orderBy: { revision: 'asc', position: 'asc' } });
