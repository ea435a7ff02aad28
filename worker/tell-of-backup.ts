import { tell } from '../db/platform/audit-log.ts';
import { bindAsker, BY_HAND } from '../db/asker.ts';
import type { Orm } from '../db/orm.ts';

/** A copy has everybody's data: operators read that it was made, or brought back. */
export async function tellOfBackup<T>(orm: Orm, kind: 'backup.made' | 'backup.restored', work: Promise<T>): Promise<T> {
  const done = await work;
  const em = orm.em.fork();
  bindAsker(em, BY_HAND);
  await tell(em, { kind, subjectId: null });
  return done;
}
