import { tell } from '../db/platform/audit-log.ts';
import { bindTrace, BY_HAND } from '../db/trace.ts';
import type { Orm } from '../db/orm.ts';

/** A copy has everybody's data: operators read that it was made, or brought back. */
export async function tellOfBackup<T>(orm: Orm, kind: 'backup.made' | 'backup.restored', work: Promise<T>): Promise<T> {
  const done = await work;
  const em = orm.em.fork();
  bindTrace(em, BY_HAND);
  await tell(em, { kind, subjectId: null });
  return done;
}
