import type { EntityManager } from '@mikro-orm/postgresql';
import { fromMs, toMs, type Instant } from '../../workflows/domain/instant.ts';
import type { ApiKey } from '../entities/api-key.ts';
import { run, sql } from '../sql.ts';

const AT_MOST_EVERY_MS = 60_000;

/** Notes that a key is used, at most once a minute, so that reading does not become writing. */
export async function touchApiKey(em: EntityManager, key: ApiKey, realNow: Instant): Promise<void> {
  const before = fromMs(toMs(realNow) - AT_MOST_EVERY_MS);
  if (key.lastUsedAt !== null && key.lastUsedAt > before) return;
  await run(
    em,
    sql`update api_keys set last_used_at = ${realNow} where id = ${key.id} and (last_used_at is null or last_used_at <= ${before})`,
  );
}
