import type { EntityManager } from '@mikro-orm/postgresql';
import { anAuditRow } from '../builders/audit.ts';

/** Reading the audit log, as a list and as CSV. */
export async function auditSteps(
  em: EntityManager,
  accountId: string,
): Promise<Record<string, { params?: Record<string, string>; query?: Record<string, string> }>> {
  const entryId = await anAuditRow(em, { accountId });
  return {
    listAuditLog: { query: { kind: 'offer.changed' } },
    exportAuditLog: { query: { kind: 'offer.changed' } },
    getAuditEntry: { params: { entryId } },
    listAuditLogOfAll: { query: { accountId, limit: '1' } },
    exportAuditLogOfAll: { query: { accountId } },
    getAuditEntryOfAll: { params: { entryId } },
  };
}
