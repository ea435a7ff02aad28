import { Migration } from '@mikro-orm/migrations';

/**
 * Stripe accounts that accounts have connected. One that is disconnected stays, without its key:
 * what was sold on it is still its account's.
 */
export class StripeConnections extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table stripe_connections (
     stripe_account text primary key,
     account_id uuid not null references accounts,
     kind text not null check (kind in ('key', 'oauth')),
     is_livemode boolean not null,
     sealed_key text,
     key_ending text,
     stripe_endpoint_id text,
     sealed_secrets text,
     actor jsonb not null,
     connected_at timestamptz not null,
     disconnected_at timestamptz,
     check ((kind = 'key' and disconnected_at is null) = (sealed_key is not null)))`,
  `create index stripe_connections_of_account on stripe_connections (account_id, connected_at desc)`,
];
