import { Migration } from '@mikro-orm/migrations';

/**
 * A product's row says when it is open, whatever the instant: `open` no longer depends on when it was recorded. Blocks are
 * read from snapshots alone. What is closed by a date alone is open in the new sense.
 */
export class AccessSpans extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

/** The end of a pause; none where a verb under way may be changing it, whose record writes the row anew. */
const RESUMES = `case when jsonb_typeof(p.snapshot -> 'pending') = 'null' then (p.snapshot #>> '{billing,pause,resumeAt}')::timestamptz end`;

const STATEMENTS = [
  `update purchase_products x
   set open = true, starts_at = case when jsonb_path_exists(x.blocks, '$[*] ? (@.source == "suspended_by_pause")')
     then greatest(x.starts_at, ${RESUMES}) else x.starts_at end
   from purchases p
   where p.id = x.purchase_id and not x.open and p.started_at is not null and p.duplicate_of is null
     and not jsonb_path_exists(x.blocks, '$[*] ? (@.source != "not_started" && @.source != "expired" && @.source != "suspended_by_pause")')
     and (${RESUMES} is not null or not jsonb_path_exists(x.blocks, '$[*] ? (@.source == "suspended_by_pause")'))`,
  'alter table purchase_products drop column blocks',
  'drop index purchase_products_by_contact, purchase_products_by_product',
  // The index alone answers whether a contact reaches a product.
  `create index purchase_products_by_contact on purchase_products (account_id, contact_id, product_id)
     include (open, starts_at, until)`,
  `create index purchase_products_by_product on purchase_products (account_id, product_id)
     include (purchase_id, open, starts_at, until)`,
];
