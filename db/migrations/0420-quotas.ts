import { Migration } from '@mikro-orm/migrations';

/** What offers give to the account that they are bought for, and what each purchase gives of it. */
export class Quotas extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `alter table offers add column quotas jsonb not null default '{}', add column features text[] not null default '{}',
    add column quota_factor int`,
  'alter table purchases add column entitlement jsonb',
];
