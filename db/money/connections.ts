import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import type { Scoped } from '../account-scope.ts';
import { StripeConnection, type ConnectionKind } from '../entities/stripe-connection.ts';
import { reseal, seal, unseal } from '../seal.ts';
import type { SecretKey } from '../signature.ts';
import { json, query, run, sql } from '../sql.ts';
import { tell } from '../platform/audit-log.ts';
import { nameOf, SOLD_ON } from './stripe-account.ts';

/** How calls reach a Stripe account: by its own key, or through the platform's; or not any more. */
export type Reach = { kind: 'key'; key: string } | { kind: 'platform' } | { kind: 'gone' };

/** How a connected Stripe account is reached now [R22.5]. */
export async function reachOf(em: EntityManager, stripeAccount: string, secretKey: SecretKey): Promise<Reach> {
  const [found] = await query<{ sealed: string | null; is_gone: boolean }>(
    em,
    sql`select sealed_key as sealed, disconnected_at is not null as is_gone
     from stripe_connections where stripe_account = ${stripeAccount}`,
  );
  if (found?.is_gone) return { kind: 'gone' };
  if (found?.sealed == null) return { kind: 'platform' };
  return { kind: 'key', key: unseal({ sealed: found.sealed }, secretKey) as string };
}

/** All that an account has connected, the newest first. */
export const connectionsOf = (em: Scoped): Promise<StripeConnection[]> =>
  em.find(StripeConnection, {}, { orderBy: { connectedAt: 'desc', stripeAccount: 'asc' }, disableIdentityMap: true });

/**
 * Whether a Stripe account is somebody else's: of another account that has connected it or has sold
 * on it, or the platform's own.
 */
export async function isTaken(em: EntityManager, stripeAccount: string, accountId: string): Promise<boolean> {
  const [found] = await query<{ is_taken: boolean }>(
    em,
    sql`select exists (select from own_stripe_account where stripe_account = ${stripeAccount})
       or exists (select from accounts where stripe_account = ${stripeAccount} and id <> ${accountId})
       or exists (select from stripe_prices where stripe_account = ${stripeAccount} and account_id <> ${accountId})
       or exists (select from stripe_connections where stripe_account = ${stripeAccount} and account_id <> ${accountId}
         and disconnected_at is null) as is_taken`,
  );
  return found?.is_taken ?? false;
}

export type NewConnection = {
  stripeAccount: string;
  accountId: string;
  kind: ConnectionKind;
  isLivemode: boolean;
  key: string | null;
  /** null = the one that it has stays. */
  endpoint: { id: string | null; secret: string } | null;
  actor: Actor;
  now: Instant;
};

/**
 * Connects it, or gives it another key; from now on the account sells on it. False where another
 * account was first.
 */
export async function keepConnection(em: EntityManager, made: NewConnection, secretKey: SecretKey): Promise<boolean> {
  const { stripeAccount, accountId, kind, isLivemode, key, endpoint, actor, now } = made;
  const sealedKey = key === null ? null : seal(key, secretKey).sealed;
  return em.transactional(async (tx) => {
    const kept = await run(
      tx,
      sql`insert into stripe_connections as c (stripe_account, account_id, kind, is_livemode, sealed_key, key_ending,
         stripe_endpoint_id, sealed_secrets, actor, connected_at)
       values (${stripeAccount}, ${accountId}, ${kind}, ${isLivemode}, ${sealedKey}, ${key?.slice(-4) ?? null},
         ${endpoint?.id ?? null}, ${endpoint && seal([endpoint.secret], secretKey).sealed}, ${json(actor)}, ${now})
       on conflict (stripe_account) do update set account_id = excluded.account_id, kind = excluded.kind,
         is_livemode = excluded.is_livemode, sealed_key = excluded.sealed_key, key_ending = excluded.key_ending,
         stripe_endpoint_id = case when excluded.sealed_secrets is null then c.stripe_endpoint_id else excluded.stripe_endpoint_id end,
         sealed_secrets = coalesce(excluded.sealed_secrets, c.sealed_secrets),
         actor = excluded.actor, connected_at = excluded.connected_at, disconnected_at = null
       where c.account_id = excluded.account_id or c.disconnected_at is not null`,
    );
    if (kept === 0) return false;
    await run(tx, sql`update accounts set stripe_account = ${stripeAccount} where id = ${accountId}`);
    await tell(tx, {
      kind: 'stripe.connected',
      accountId,
      subjectId: stripeAccount,
      after: {
        kind,
        isLivemode,
        ...(key !== null && { restrictedKey: true }),
        ...(endpoint && { webhookSecret: true }),
      },
    });
    return true;
  });
}

/** Erases its key and secrets; the account sells on it no more. */
export async function endConnection(em: EntityManager, stripeAccount: string, now: Instant): Promise<void> {
  await em.transactional(async (tx) => {
    await run(
      tx,
      sql`update stripe_connections set disconnected_at = ${now}, sealed_key = null, sealed_secrets = null, stripe_endpoint_id = null
       where stripe_account = ${stripeAccount} and disconnected_at is null`,
    );
    await run(tx, sql`update accounts set stripe_account = null where stripe_account = ${stripeAccount}`);
    await tell(tx, { kind: 'stripe.disconnected', subjectId: stripeAccount });
  });
}

/** Somebody has taken back our access at Stripe; one that was connected since then stays. */
export async function endRevoked(em: EntityManager, stripeAccount: string, at: Instant): Promise<boolean> {
  const [found] = await query<unknown>(
    em,
    sql`select 1 from stripe_connections where stripe_account = ${stripeAccount} and kind = 'oauth' and disconnected_at is null
       and connected_at < ${at}::timestamptz + interval '1 second'`,
  );
  if (found === undefined) return false;
  await endConnection(em, stripeAccount, at);
  return true;
}

/** Another endpoint there; what the one before has still under way is taken, too. */
export async function rotateSecret(
  em: EntityManager,
  { stripeAccount, sealedSecrets }: StripeConnection,
  endpoint: { id: string | null; secret: string },
  secretKey: SecretKey,
): Promise<void> {
  const [before] = sealedSecrets === null ? [] : (unseal({ sealed: sealedSecrets }, secretKey) as string[]);
  const secrets = [endpoint.secret, ...(before === undefined ? [] : [before])];
  await em.transactional(async (tx) => {
    await run(
      tx,
      sql`update stripe_connections set stripe_endpoint_id = ${endpoint.id}, sealed_secrets = ${seal(secrets, secretKey).sealed}
       where stripe_account = ${stripeAccount} and disconnected_at is null`,
    );
    await tell(tx, { kind: 'stripe.secret_rotated', subjectId: stripeAccount, after: { webhookSecret: true } });
  });
}

/** A Stripe account whose events come to an account's endpoint, and what signs them. */
export type Listener = { stripeAccount: string; isLivemode: boolean; secrets: string[] };

/** Whom an account listens to; it has one address for all. */
export async function listenersOf(em: EntityManager, accountId: string, secretKey: SecretKey): Promise<Listener[]> {
  const rows = await query<{ stripe_account: string; is_livemode: boolean; sealed_secrets: string }>(
    em,
    sql`select stripe_account, is_livemode, sealed_secrets from stripe_connections
     where account_id = ${accountId} and disconnected_at is null and sealed_secrets is not null
     order by connected_at desc limit ${MOST_LISTENERS}`,
  );
  return rows.map((row) => ({
    stripeAccount: row.stripe_account,
    isLivemode: row.is_livemode,
    secrets: unseal({ sealed: row.sealed_secrets }, secretKey) as string[],
  }));
}

const MOST_LISTENERS = sql.lit(20);

/** How many purchases of an account Stripe may still charge there. */
export async function liveBillingOn(em: EntityManager, accountId: string, stripeAccount: string): Promise<number> {
  const [row] = await query<{ count: string }>(
    em,
    sql`select count(*) from purchases p join accounts a on a.id = p.account_id
     where p.account_id = ${accountId} and p.is_live and p.stripe_subscription_id is not null and ${SOLD_ON} = ${nameOf(stripeAccount)}`,
  );
  return Number(row?.count ?? 0);
}

/** Seals anew what an older key has sealed. Returns how many. */
export async function resealConnections(em: EntityManager, secretKey: SecretKey): Promise<number> {
  const connections = await em.find(StripeConnection, { disconnectedAt: null }, { disableIdentityMap: true });
  let resealed = 0;
  for (const { stripeAccount, sealedKey, sealedSecrets } of connections) {
    const [key, secrets] = [
      sealedKey && reseal(sealedKey, secretKey),
      sealedSecrets && reseal(sealedSecrets, secretKey),
    ];
    if (key === sealedKey && secrets === sealedSecrets) continue;
    resealed += await run(
      em,
      sql`update stripe_connections set sealed_key = ${key}, sealed_secrets = ${secrets} where stripe_account = ${stripeAccount}
       and sealed_key is not distinct from ${sealedKey} and sealed_secrets is not distinct from ${sealedSecrets}`,
    );
  }
  return resealed;
}
