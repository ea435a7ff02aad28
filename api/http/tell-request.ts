import type { Unscoped } from '../../db/account-scope.ts';
import { holdSubject, tell } from '../../db/platform/audit-log.ts';
import { subjectOf, type AuditSubject } from '../../workflows/domain/audit.ts';
import type { Audit, Tells } from './audit.ts';
import type { Served } from './route.ts';

/** A request as far as the log tells of it. */
export type Asked = {
  params: Record<string, string>;
  body: unknown;
  em: Unscoped;
  /** Whoever asks, where what they do is about themselves; else the account. */
  own: { subject: AuditSubject; id: string } | null;
  accountId: string | null;
};

/** Does the work of a route, and tells the audit log in the same transaction. */
export async function told(audit: Audit | undefined, asked: Asked, work: () => Promise<Served>): Promise<Served> {
  if (!audit || !('kind' in audit) || isDry(asked.body)) return work();
  const { kind, shows } = audit;
  const named = namedIn(audit, asked);
  if (named !== null && shows) await holdSubject(asked.em, named);
  const before = named === null ? null : await shown(audit, asked, named);
  const served = await work();
  if (served.status >= 400) return served;
  await asked.em.flush();
  const subjectId = named ?? idOf(served.body);
  const after = subjectId !== null && shows ? await shown(audit, asked, subjectId) : said(audit, asked.body);
  const accountId = asked.accountId ?? (subjectOf(kind) === 'account' ? subjectId : null);
  await tell(asked.em, { kind, accountId, subjectId: subjectId ?? asked.accountId, before, after });
  return served;
}

const isDry = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'dryRun' in body && body.dryRun === true;

/** Known before anything is done; null: what it is about is still to be made. */
function namedIn({ kind, about }: Tells, { params, own, accountId }: Asked): string | null {
  const subject = subjectOf(kind);
  const named = params[about ?? `${camelCase(subject)}Id`];
  if (named !== undefined) return named;
  if (own?.subject === subject) return own.id;
  return subject === 'settings' || subject === 'audit_log' || subject === 'account' ? accountId : null;
}

const camelCase = (name: string): string => name.replaceAll(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());

/** Read apart from what the route reads, which changes it. */
const shown = async ({ shows }: Tells, { em, params }: Asked, id: string): Promise<object | null> =>
  shows ? shows(em.fork({ keepTransactionContext: true }) as never, id, params) : null;

const idOf = (body: unknown): string | null =>
  typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string' ? body.id : null;

function said({ says = [] }: Tells, body: unknown): object | null {
  const fields = Object.entries(body ?? {}).filter(([name]) => says.includes(name));
  return fields.length > 0 ? Object.fromEntries(fields) : null;
}
