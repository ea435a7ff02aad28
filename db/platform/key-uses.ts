import type { EntityManager } from '@mikro-orm/postgresql';
import type { ApiKey } from '../entities/api-key.ts';
import { run, sql } from '../sql.ts';
import { telling } from './audit-log.ts';

/** Tells that a key was used from a network, once for each. */
export async function tellKeyUse(em: EntityManager, { id, accountId, role }: ApiKey, network: string): Promise<void> {
  const kind = role === 'operator' ? 'operator' : 'api_key';
  const actor = { kind, id, role } as const;
  const told = telling(em, { kind: 'api_key.used', accountId, subjectId: id, actor, after: { network } });
  await run(em, sql`${told} on conflict (subject_id, (after ->> 'network')) where kind = 'api_key.used' do nothing`);
}
