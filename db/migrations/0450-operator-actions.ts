import { Migration } from '@mikro-orm/migrations';

/**
 * The platform's people suspend, close and reopen accounts, and act in them: what they did is kept
 * with the account, and a session may be one of theirs inside it.
 */
export class OperatorActions extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  'alter table jobs alter column input drop not null',
  'alter table accounts add column suspended_at timestamptz, add column closed_at timestamptz',
  `create table operator_actions (
     id uuid primary key,
     account_id uuid not null references accounts,
     kind text not null check (kind in ('suspend', 'close', 'reopen', 'impersonate')),
     actor jsonb not null,
     reason text not null,
     created_at timestamptz not null,
     ends_at timestamptz,
     job_id uuid references jobs)`,
  'create index operator_actions_of_account on operator_actions (account_id, created_at desc, id desc)',
  'alter table sessions add column operator_action_id uuid references operator_actions on delete cascade',
];
