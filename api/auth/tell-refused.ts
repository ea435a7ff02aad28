import type { EntityManager } from '@mikro-orm/postgresql';
import { tell } from '../../db/platform/audit-log.ts';

type Person = { id: string; accountId: string | null };

const NOBODY = { id: null, accountId: null };

/**
 * Tells each account of whose people somebody would have been that a login was refused, and by what
 * it was tried. `isLocked`: it was one too many. Of an address that nobody has the platform is
 * told, so that it takes as long.
 */
export async function tellRefused(
  em: EntityManager,
  kind: 'admin' | 'contact',
  people: readonly Person[],
  after: { by: string; isLocked?: boolean },
): Promise<void> {
  for (const { id: subjectId, accountId } of people.length > 0 ? people : [NOBODY])
    await tell(em, { kind: `${kind}.login_refused`, accountId, subjectId, after });
}
