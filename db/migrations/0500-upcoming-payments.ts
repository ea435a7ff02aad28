import { Migration } from '@mikro-orm/migrations';

/** Accounts say how long before a charge its customer is told, and have that email off at first. */
export class UpcomingPayments extends Migration {
  override up(): void {
    this.addSql(`
      update accounts set settings = settings || jsonb_build_object(
        'upcomingPaymentDays', 3, 'emailsOff', coalesce(settings -> 'emailsOff', '[]') || '["upcoming-payment"]')`);
  }
}
