import { Migration } from '@mikro-orm/migrations';

/** What customers were offered before they canceled. */
export class RetentionOffers extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table retention_offers (
     id uuid primary key, account_id uuid not null references accounts, purchase_id uuid not null references purchases,
     offer_id uuid not null references offers, at timestamptz not null, kind text not null, is_taken boolean not null,
     promotion_code_id uuid references promotion_codes, check (kind in ('pause', 'promotion_code')))`,
  'create index retention_offers_list on retention_offers (account_id, at)',
  'create index retention_offers_of_purchase on retention_offers (purchase_id, at)',
  'create index retention_offers_of_code on retention_offers (promotion_code_id) where is_taken',
];
