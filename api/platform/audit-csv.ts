import type { Readable } from 'node:stream';
import type { Unscoped } from '../../db/account-scope.ts';
import { listAuditRows, type AuditFilter } from '../../db/platform/audit-log.ts';
import type { Place } from '../../db/page.ts';
import { csvFile, type Cell } from '../http/csv.ts';
import type { ApiAuditEntry } from './audit-schema.ts';
import { toApiEntries } from './audit-view.ts';

const AT_ONCE = 500;

const COLUMNS: Record<string, (entry: ApiAuditEntry) => string | null> = {
  id: ({ id }) => id,
  accountId: ({ accountId }) => accountId,
  at: ({ at }) => at,
  kind: ({ kind }) => kind,
  byKind: ({ by }) => by && by.kind,
  byId: ({ by }) => by && by.id,
  byEmail: ({ by }) => by && by.email,
  ip: ({ ip }) => ip,
  requestId: ({ requestId }) => requestId,
  subjectKind: ({ subject }) => subject.kind,
  subjectId: ({ subject }) => subject.id,
  commandId: ({ commandId }) => commandId,
  before: ({ before }) => before && JSON.stringify(before),
  after: ({ after }) => after && JSON.stringify(after),
};

/** The log as CSV, the newest first, read as fast as it is taken. */
export const auditCsv = (em: Unscoped, filter: AuditFilter): Readable =>
  csvFile(Object.keys(COLUMNS), recordsOf(em, filter));

async function* recordsOf(em: Unscoped, filter: AuditFilter): AsyncGenerator<Cell[]> {
  let after: Place | null = null;
  do {
    const page = await listAuditRows(em.fork(), filter, { limit: AT_ONCE, after });
    for (const entry of await toApiEntries(em, page.rows)) yield Object.values(COLUMNS).map((cell) => cell(entry));
    after = page.next;
  } while (after !== null);
}
