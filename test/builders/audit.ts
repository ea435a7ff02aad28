import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { AuditRow } from '../../db/entities/audit-row.ts';
import { subjectOf, type AuditKind } from '../../workflows/domain/audit.ts';
import { T0 } from './rows.ts';

/** Somebody has given an offer another name. */
export async function anAuditRow(
  em: EntityManager,
  { kind = 'offer.changed', ...given }: { accountId: string; kind?: AuditKind } & Partial<Omit<AuditRow, 'kind'>>,
): Promise<string> {
  const id = uuid();
  const from = { actor: { kind: 'api_key' as const, id: uuid() }, ip: '192.0.2.7', requestId: uuid() };
  const about = { subjectKind: subjectOf(kind), subjectId: uuid(), commandId: null };
  const changed = { before: { name: 'Monthly' }, after: { name: 'Every month' }, forgottenAt: null };
  await em.insert(AuditRow, { id, at: T0, kind, ...from, ...about, ...changed, ...given });
  return id;
}
