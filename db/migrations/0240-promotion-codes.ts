import { Migration } from '@mikro-orm/migrations';

/** Codes with their discounts, and which checkout was begun with which. */
export class PromotionCodes extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS = [
  `create table promotion_codes (
    id uuid primary key, account_id uuid not null references accounts (id), code text not null, discount jsonb not null,
    offer_ids uuid[], ends_at timestamptz, max_uses int, once_per_contact boolean not null, first_purchase_only boolean not null,
    stripe_coupon_id text, stripe_promotion_id text, ended_at timestamptz, created_at timestamptz not null)`,
  `create unique index promotion_codes_one_active on promotion_codes (account_id, lower(code)) where ended_at is null`,
  `create index promotion_codes_by_text on promotion_codes (account_id, lower(code), created_at desc)`,
  `create index promotion_codes_list on promotion_codes (account_id, created_at desc, id desc)`,
  `alter table checkouts add column promotion_code_id uuid references promotion_codes (id)`,
  `create index checkouts_by_promotion_code on checkouts (promotion_code_id, contact_id) where promotion_code_id is not null`,
];
