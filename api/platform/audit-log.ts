import { z } from 'zod';
import type { Unscoped } from '../../db/account-scope.ts';
import { AuditRow } from '../../db/entities/audit-row.ts';
import { AUDIT_ORDER, listAuditRows } from '../../db/platform/audit-log.ts';
import { BILLING } from '../auth/roles.ts';
import { csvText } from '../http/csv.ts';
import { readPage, toShownPage } from '../http/cursor.ts';
import { boundAt } from '../http/day-or-instant.ts';
import { idParams, pageOf, pageQuery } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { definePlatformRoute, defineRoute } from '../http/route.ts';
import { auditCsv } from './audit-csv.ts';
import { auditEntrySchema, auditFilter, ofAccount, type ApiAuditEntry } from './audit-schema.ts';
import { toApiEntries } from './audit-view.ts';

export const AUDIT_FILE = { type: 'text/csv', name: 'audit-log.csv' } as const;
const exported = { kind: 'audit_log.exported', says: Object.keys({ ...auditFilter, ...ofAccount }) } as const;

type Bounds = { from?: string | undefined; to?: string | undefined };

const bounded = <Given extends Bounds>(filter: Given, timeZone: string): Given => ({
  ...filter,
  from: boundAt(filter.from, timeZone),
  to: boundAt(filter.to, timeZone),
});

const list = defineRoute({
  method: 'get',
  path: '/v1/audit-log',
  tag: 'Audit log',
  operationId: 'listAuditLog',
  summary: 'List who did what in the account, from where, the newest first',
  description: 'What was done before the log began is not in it. What the service does by itself is in timelines.',
  roles: BILLING,
  query: z.strictObject({ ...pageQuery, ...auditFilter }),
  answers: { 200: pageOf(auditEntrySchema) },
  async handle({ em, account, query: { limit, cursor, ...filter } }) {
    const place = readPage({ limit, cursor }, AUDIT_ORDER);
    const page = await listAuditRows(em, bounded(filter, account.timeZone), place);
    return { status: 200, body: toShownPage(page, await toApiEntries(em, page.rows)) };
  },
});

const csv = defineRoute({
  method: 'get',
  path: '/v1/audit-log.csv',
  tag: 'Audit log',
  operationId: 'exportAuditLog',
  audit: exported,
  summary: 'The same as CSV, of any length; that it was taken is an entry, too',
  roles: BILLING,
  query: z.strictObject(auditFilter),
  answers: { 200: csvText },
  file: AUDIT_FILE,
  handle: async ({ em, account, query }) => ({ status: 200, body: auditCsv(em, bounded(query, account.timeZone)) }),
});

const read = defineRoute({
  method: 'get',
  path: '/v1/audit-log/{entryId}',
  tag: 'Audit log',
  operationId: 'getAuditEntry',
  summary: 'Read one entry',
  roles: BILLING,
  params: idParams('entryId'),
  answers: { 200: auditEntrySchema },
  handle: async ({ em, params }) => ({ status: 200, body: await theEntry(em, params.entryId) }),
});

const UTC = 'UTC';

const listOfAll = definePlatformRoute({
  method: 'get',
  path: '/v1/operator/audit-log',
  tag: 'Operators',
  operationId: 'listAuditLogOfAll',
  summary: 'List who did what in all accounts, the newest first',
  description: 'Dates are days of UTC. `actorKind=operator` lists what operators did.',
  query: z.strictObject({ ...pageQuery, ...ofAccount, ...auditFilter }),
  answers: { 200: pageOf(auditEntrySchema) },
  async handle({ unscoped: em, query: { limit, cursor, ...filter } }) {
    const page = await listAuditRows(em, bounded(filter, UTC), readPage({ limit, cursor }, AUDIT_ORDER));
    return { status: 200, body: toShownPage(page, await toApiEntries(em, page.rows)) };
  },
});

const csvOfAll = definePlatformRoute({
  method: 'get',
  path: '/v1/operator/audit-log.csv',
  tag: 'Operators',
  operationId: 'exportAuditLogOfAll',
  audit: exported,
  summary: 'The same as CSV, of any length; that it was taken is an entry, too',
  query: z.strictObject({ ...ofAccount, ...auditFilter }),
  answers: { 200: csvText },
  file: AUDIT_FILE,
  handle: async ({ unscoped, query }) => ({ status: 200, body: auditCsv(unscoped, bounded(query, UTC)) }),
});

const readOfAll = definePlatformRoute({
  method: 'get',
  path: '/v1/operator/audit-log/{entryId}',
  tag: 'Operators',
  operationId: 'getAuditEntryOfAll',
  summary: 'Read one entry of any account',
  params: idParams('entryId'),
  answers: { 200: auditEntrySchema },
  handle: async ({ unscoped, params }) => ({ status: 200, body: await theEntry(unscoped, params.entryId) }),
});

/** @throws Problem 404 */
async function theEntry(em: Unscoped, id: string): Promise<ApiAuditEntry> {
  const row = await em.findOne(AuditRow, { id });
  const [entry] = row ? await toApiEntries(em, [row]) : [];
  if (!entry) throw notFound('entry');
  return entry;
}

export const auditRoutes = { list, csv, read };
export const auditOfAllRoutes = { listOfAll, csvOfAll, readOfAll };
