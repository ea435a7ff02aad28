import { Migration } from '@mikro-orm/migrations';

/**
 * Lists of contacts leave out whoever was erased, so their indexes do too: without that each row would be looked up for it.
 * Plans for segments hang on which billing goes with which offer, and which products are open.
 */
export class ListsOfTheLiving extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const LIVING = 'where erased_at is null';

const STATEMENTS = [
  'drop index contacts_list, contacts_customers, contacts_subscribed, contacts_by_status',
  `create index contacts_list on contacts (account_id, created_at desc, id desc)
     include (search, customer_since, marketing_status) ${LIVING}`,
  `create index contacts_customers on contacts (account_id, created_at desc, id desc) include (search)
     ${LIVING} and customer_since is not null`,
  `create index contacts_subscribed on contacts (account_id, created_at desc, id desc) include (search, customer_since)
     ${LIVING} and marketing_status = 'subscribed'`,
  `create index contacts_by_status on contacts (account_id, marketing_status, created_at desc, id desc)
     include (search, customer_since) ${LIVING}`,
  'create statistics purchases_as_asked (mcv) on offer_id, billing_status, access_status from purchases',
  'create statistics purchase_products_as_asked (mcv) on product_id, open from purchase_products',
  'analyze purchases, purchase_products',
];
