import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import { json, query, run, sql } from '../sql.ts';

type Begun = { stateHash: string; accountId: string; actor: Actor; expiresAt: Instant; now: Instant };

/** Keeps that somebody goes to Stripe's page; what the account has of expired ones goes. */
export async function beginAuthorization(em: EntityManager, begun: Begun): Promise<void> {
  const { stateHash, accountId, actor, expiresAt, now } = begun;
  await run(em, sql`delete from stripe_authorizations where account_id = ${accountId} and expires_at < ${now}`);
  await run(
    em,
    sql`insert into stripe_authorizations (state_hash, account_id, actor, expires_at)
     values (${stateHash}, ${accountId}, ${json(actor)}, ${expiresAt})`,
  );
}

/** Whether the same person of the same account comes back in time, for the first time. */
export async function takeAuthorization(
  em: EntityManager,
  { stateHash, accountId, actor, now }: Omit<Begun, 'expiresAt'>,
): Promise<boolean> {
  const taken = await query<unknown>(
    em,
    sql`delete from stripe_authorizations where state_hash = ${stateHash} and account_id = ${accountId}
       and actor @> ${json({ kind: actor.kind, id: actor.id })} and expires_at >= ${now} returning 1`,
  );
  return taken.length > 0;
}
