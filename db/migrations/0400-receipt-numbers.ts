import { Migration } from '@mikro-orm/migrations';

/** The number under which Stripe keeps an invoice, for receipts; read together with the card. */
export class ReceiptNumbers extends Migration {
  override up(): void {
    this.addSql('alter table payments add column receipt_number text');
  }
}
