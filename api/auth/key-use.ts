import type { EntityManager } from '@mikro-orm/postgresql';
import type { ApiKey } from '../../db/entities/api-key.ts';
import { tellKeyUse } from '../../db/platform/key-uses.ts';
import { askerOf } from '../../db/asker.ts';
import { networkOf } from './network-of.ts';

/** So many uses are known without asking Postgres; then they are asked for again. */
const MOST_KNOWN = 10_000;
const known = new Set<string>();

/**
 * Tells the audit log where a key is used from: the first time, and from each network that is new.
 * A row for each request would say no more, and would make reading a writing.
 */
export async function noteKeyUse(em: EntityManager, key: ApiKey): Promise<void> {
  const ip = askerOf(em)?.ip ?? null;
  if (ip === null) return;
  const network = networkOf(ip);
  const use = `${key.id} ${network}`;
  if (known.has(use)) return;
  await tellKeyUse(em, key, network);
  if (known.size >= MOST_KNOWN) known.clear();
  known.add(use);
}
