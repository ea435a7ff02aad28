import { accountIdOf, type Scoped } from '../account-scope.ts';
import { Activity } from '../entities/activity.ts';
import { Call } from '../entities/call.ts';
import { Checkout } from '../entities/checkout.ts';
import { CommandText } from '../entities/command-text.ts';
import { ContactNote } from '../entities/contact-note.ts';
import { Credit } from '../entities/credit.ts';
import { DeliveryReport } from '../entities/delivery-report.ts';
import { Email } from '../entities/email.ts';
import { Passkey } from '../entities/passkey.ts';
import { Payment } from '../entities/payment.ts';
import { Progress } from '../entities/progress.ts';
import { Purchase } from '../entities/purchase.ts';
import { Refund } from '../entities/refund.ts';
import { Seat } from '../entities/seat.ts';
import { Preview } from '../entities/preview.ts';
import { Session } from '../entities/session.ts';
import { SuppressionLift } from '../entities/suppression-lift.ts';
import { TimelineRow } from '../entities/timeline-row.ts';
import { isOf } from '../money/customer-at-stripe.ts';
import { isReached } from '../money/stripe-account.ts';
import { query, sql } from '../sql.ts';

/** How much there is of a person. */
export type Personal = {
  emails: number;
  consents: number;
  notes: number;
  texts: number;
  events: number;
  customersAtStripe: number;
  /** In Stripe accounts that are not connected any more. */
  customersOutOfReach: number;
  purchases: number;
  payments: number;
  refunds: number;
};

export async function countPersonal(em: Scoped, contactId: string): Promise<Personal> {
  const theirs = sql`(select id from purchases where contact_id = ${contactId} and started_at is not null)`;
  const customers = sql`s.account_id = ${accountIdOf(em)} and ${isOf(sql`s.holder_id`, contactId)} and s.stripe_customer_id is not null`;
  const [counted] = await query<Personal>(
    em,
    sql`select
      (select count(*)::int from emails where recipient_kind = 'contact' and recipient_id = ${contactId}) as emails,
      (select count(*)::int from consents where contact_id = ${contactId}) as consents,
      (select count(*)::int from contact_notes where contact_id = ${contactId}) as notes,
      (select count(*)::int from command_texts t join inbox i on i.id = t.command_id
        where i.subject_id in ${theirs} and coalesce(t.reason, t.feedback) is not null) as texts,
      (select count(*)::int from inbox_bodies b join inbox i on i.id = b.inbox_id where i.subject_id in ${theirs}) as events,
      (select count(*)::int from stripe_customers s where ${customers} and ${isReached(sql`s.stripe_account`)}) as "customersAtStripe",
      (select count(*)::int from stripe_customers s where ${customers} and not ${isReached(sql`s.stripe_account`)}) as "customersOutOfReach",
      (select count(*)::int from purchases where id in ${theirs}) as purchases,
      (select count(*)::int from payments where contact_id = ${contactId} and paid_at is not null) as payments,
      (select count(*)::int from refunds where purchase_id in ${theirs}) as refunds`,
  );
  if (!counted) throw new Error('counts without a row');
  return counted;
}

const FRESH = { disableIdentityMap: true } as const;

/** All rows that are about a person, the oldest first. */
export async function personalRows(em: Scoped, contactId: string) {
  const of = { contactId };
  const purchases = await em.find(Purchase, of, { ...FRESH, orderBy: { createdAt: 'asc', id: 'asc' } });
  const ofPurchases = { purchaseId: { $in: purchases.map(({ id }) => id) } };
  const timeline = await em.find(TimelineRow, ofPurchases, { ...FRESH, orderBy: { at: 'asc', id: 'asc' } });
  const commandIds = timeline.flatMap(({ commandId }) => commandId ?? []);
  return {
    purchases,
    timeline,
    texts: await em.find(CommandText, { commandId: { $in: commandIds } }, FRESH),
    payments: await em.find(Payment, of, { ...FRESH, orderBy: { at: 'asc', id: 'asc' } }),
    refunds: await em.find(Refund, ofPurchases, { ...FRESH, orderBy: { createdAt: 'asc', id: 'asc' } }),
    emails: await em.find(
      Email,
      { recipientKind: 'contact', recipientId: contactId },
      { ...FRESH, orderBy: { dueAt: 'asc', id: 'asc' } },
    ),
    notes: await em.find(ContactNote, of, { ...FRESH, orderBy: { createdAt: 'asc', id: 'asc' } }),
    deliveryReports: await em.find(DeliveryReport, of, { ...FRESH, orderBy: { reportedAt: 'asc', emailId: 'asc' } }),
    suppressionLifts: await em.find(SuppressionLift, of, { ...FRESH, orderBy: { createdAt: 'asc', id: 'asc' } }),
    credits: await em.find(Credit, of, { ...FRESH, orderBy: { issuedAt: 'asc', id: 'asc' } }),
    calls: await em.find(Call, of, { ...FRESH, orderBy: { startsAt: 'asc', id: 'asc' } }),
    seats: await em.find(Seat, of, { ...FRESH, orderBy: { startsAt: 'asc', id: 'asc' } }),
    checkouts: await em.find(Checkout, of, { ...FRESH, orderBy: { createdAt: 'asc', id: 'asc' } }),
    activities: await em.find(Activity, of, { ...FRESH, orderBy: { at: 'asc', id: 'asc' } }),
    progress: await em.find(Progress, of, { ...FRESH, orderBy: { viewedAt: 'asc' } }),
    previews: await em.find(Preview, of, { ...FRESH, orderBy: { createdAt: 'asc', id: 'asc' } }),
    passkeys: await em.find(Passkey, of, { ...FRESH, orderBy: { createdAt: 'asc', id: 'asc' } }),
    sessions: await em.find(Session, { ...of, previewId: null }, { ...FRESH, orderBy: { createdAt: 'asc' } }),
  };
}

export type PersonalRows = Awaited<ReturnType<typeof personalRows>>;
