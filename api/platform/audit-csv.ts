import type { Unscoped } from '../../db/account-scope.ts';
import { listAuditRows, type AuditFilter } from '../../db/platform/audit-log.ts';
import type { Place } from '../../db/page.ts';
import { csvLine } from '../http/csv.ts';
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

/** The log as CSV, the newest first, read as fast as it is taken and never as a whole. */
export async function* auditCsv(em: Unscoped, filter: AuditFilter): AsyncGenerator<string> {
  yield csvLine(Object.keys(COLUMNS));
  let after: Place | null = null;
  do {
    const page = await listAuditRows(em.fork(), filter, { limit: AT_ONCE, after });
    const entries = await toApiEntries(em, page.rows);
    yield entries.map((entry) => csvLine(Object.values(COLUMNS).map((cell) => cell(entry)))).join('');
    after = page.next;
  } while (after !== null);
}
