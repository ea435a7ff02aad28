import type { Unscoped } from '../../db/account-scope.ts';
import type { AuditRow } from '../../db/entities/audit-row.ts';
import { actorEmails } from '../../db/people/actor-emails.ts';
import type { AuditKind, AuditSubject } from '../../workflows/domain/audit.ts';
import { toApiActor } from '../purchase/purchase-view.ts';
import type { ApiAuditEntry } from './audit-schema.ts';

/** The entries in their order, with who did each by their address. */
export async function toApiEntries(em: Unscoped, rows: readonly AuditRow[]): Promise<ApiAuditEntry[]> {
  const emails = await actorEmails(
    em,
    rows.flatMap(({ actor }) => actor ?? []),
  );
  return rows.map((row) => ({
    id: row.id,
    accountId: row.accountId,
    at: row.at,
    kind: row.kind as AuditKind,
    by: row.actor && toApiActor(row.actor, emails),
    ip: row.ip,
    requestId: row.requestId,
    subject: { kind: row.subjectKind as AuditSubject, id: row.subjectId },
    commandId: row.commandId,
    before: row.before,
    after: row.after,
    forgottenAt: row.forgottenAt,
  }));
}
