import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { subjectOf, type AuditKind } from '../../workflows/domain/audit.ts';
import { changedFields } from '../../workflows/domain/changed-fields.ts';
import { fromMs, type Instant } from '../../workflows/domain/instant.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { AuditRow } from '../entities/audit-row.ts';
import { NO_ACCOUNT } from '../inbox/idempotency.ts';
import { findPage, whereBound, type Condition, type Page, type PageQuery } from '../page.ts';
import { json, run, sql, type Sql } from '../sql.ts';
import { askerOf, type Asker } from '../asker.ts';

/** What is to be told: `before` and `after` are states, of which the difference is kept. */
export type Told = {
  kind: AuditKind;
  /** Where it was done; left out: where the asker acts. */
  accountId?: string | null;
  subjectId: string | null;
  /** Who did it; left out: who asked. */
  actor?: Actor;
  commandId?: string;
  before?: object | null;
  after?: object | null;
};

/**
 * Tells the audit log what the transaction of `em` does, in the same transaction. What the service
 * does by itself is not told: nobody asked for it.
 */
export async function tell(em: EntityManager, told: Told): Promise<void> {
  const asker = askerOf(em);
  if (asker) await em.insert(AuditRow, rowOf(asker, told));
}

/**
 * The same of what is done in one account for another: a plan is a purchase at the platform, and
 * both logs tell of it.
 */
export async function tellBoth(em: EntityManager, told: Told): Promise<void> {
  for (const row of rowsOfBoth(em, told)) await em.insert(AuditRow, row);
}

function rowsOfBoth(em: EntityManager, told: Told) {
  const asker = askerOf(em);
  if (!asker) return [];
  const accountIds = new Set([told.accountId, asker.accountId].filter((id) => id != null));
  const all: (string | null)[] = accountIds.size > 0 ? [...accountIds] : [null];
  return all.map((accountId) => rowOf(asker, { ...told, accountId }));
}

/** The same as a part of another statement, so that it takes no round trip of its own. */
export const telling = (em: EntityManager, told: Told): Sql => sql`
  insert into audit_log (id, account_id, at, kind, actor, ip, request_id, subject_kind, subject_id, command_id, after)
  select id, account_id, at, kind, actor, ip, request_id, subject_kind, subject_id, command_id, after
  from jsonb_populate_recordset(null::audit_log, ${json(rowsOfBoth(em, told).map(toColumns))})`;

function rowOf(asker: Asker, { kind, subjectId, ...told }: Told) {
  return {
    id: uuid(),
    accountId: told.accountId ?? asker.accountId ?? NO_ACCOUNT,
    at: fromMs(Date.now()),
    kind,
    actor: told.actor ?? asker.actor,
    ip: asker.ip,
    requestId: asker.requestId,
    subjectKind: subjectOf(kind),
    subjectId,
    commandId: told.commandId ?? null,
    ...changedFields(told.before ?? null, told.after ?? null),
    forgottenAt: null,
  };
}

const toColumns = ({ accountId, requestId, subjectKind, subjectId, commandId, ...row }: ReturnType<typeof rowOf>) => ({
  ...row,
  account_id: accountId,
  request_id: requestId,
  subject_kind: subjectKind,
  subject_id: subjectId,
  command_id: commandId,
});

/** Which rows; instants in [from, to). */
export type AuditFilter = {
  kind?: string | undefined;
  subjectKind?: string | undefined;
  subjectId?: string | undefined;
  actorId?: string | undefined;
  actorKind?: string | undefined;
  from?: Instant | undefined;
  to?: Instant | undefined;
};

/** The newest first, by real time. */
export const AUDIT_ORDER = { by: 'at', direction: 'desc' } as const;

/** What the log of the account tells of `em`, or of all accounts where it is in none. */
export const listAuditRows = (
  em: EntityManager,
  filter: AuditFilter & { accountId?: string | undefined },
  page: PageQuery,
): Promise<Page<AuditRow>> =>
  findPage(em, AuditRow, { order: AUDIT_ORDER, where: whereOf(filter), conditions: conditionsOf(filter) }, page);

const whereOf = ({ accountId, kind, subjectKind, subjectId }: AuditFilter & { accountId?: string | undefined }) =>
  Object.fromEntries(
    Object.entries({ accountId, kind, subjectKind, subjectId }).filter(([, value]) => value !== undefined),
  );

const conditionsOf = ({ actorId, actorKind, from, to }: AuditFilter): Condition[] => [
  ...whereBound(["r.actor ->> 'id' = ?", actorId]),
  ...whereBound(["r.actor ->> 'kind' = ?", actorKind]),
  ...whereBound(['r.at >= ?', from]),
  ...whereBound(['r.at < ?', to]),
];

/** Until the transaction ends, nobody else changes what would be told of the same thing. */
export async function holdSubject(tx: EntityManager, subjectId: string): Promise<void> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${subjectId}, 580))`);
}
