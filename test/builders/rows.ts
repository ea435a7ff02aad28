import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { Admin } from '../../db/entities/admin.ts';
import { ContactField } from '../../db/entities/contact-field.ts';
import { ContactNote } from '../../db/entities/contact-note.ts';
import { Contact } from '../../db/entities/contact.ts';
import { Email } from '../../db/entities/email.ts';
import { Dispute } from '../../db/entities/dispute.ts';
import { Expert } from '../../db/entities/expert.ts';
import { Form } from '../../db/entities/form.ts';
import { OfficeHours } from '../../db/entities/office-hours.ts';
import { Offer } from '../../db/entities/offer.ts';
import { Payment } from '../../db/entities/payment.ts';
import { PromotionCode } from '../../db/entities/promotion-code.ts';
import { Product } from '../../db/entities/product.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { Segment } from '../../db/entities/segment.ts';
import { createPlatform } from '../../db/platform/create-platform.ts';
import { createAccount, type NewAccount } from '../../db/platform/create-account.ts';
import { keepAtStripe, type CustomerAtStripe } from '../../db/money/customer-at-stripe.ts';
import { termsOf } from '../../db/catalog/terms-of.ts';
import { insertIncomplete } from '../../db/purchase/grant-offer.ts';
import type { SegmentFilter } from '../../workflows/domain/segment.ts';
import type { FieldKind } from '../../workflows/domain/contact-field.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { MONTHLY, T0 } from './purchase.ts';

export { MONTHLY, T0 };

/** A test account with its owner, by the name of Willow. */
export function anAccount(em: EntityManager, given: Partial<NewAccount> = {}) {
  return createAccount(em, {
    name: 'Willow',
    mode: 'test',
    timeZone: 'UTC',
    supportEmail: 'help@willow.example',
    ownerEmail: `owner-${uuid()}@willow.example`,
    passwordHash: null,
    now: T0,
    ...given,
  });
}

/** The platform's own test account with its offers, made once. */
export function aPlatformAccount(em: EntityManager, given: Partial<NewAccount> = {}) {
  return createPlatform(em, {
    name: 'Perennial',
    mode: 'test',
    timeZone: 'UTC',
    supportEmail: 'help@perennial.test',
    ownerEmail: 'olga@perennial.test',
    passwordHash: null,
    now: T0,
    ...given,
  });
}

/** Somebody of an account, or an operator; with a confirmed address. */
export async function anAdmin(em: EntityManager, given: Pick<Admin, 'accountId' | 'email' | 'role'> & Partial<Admin>) {
  const id = given.id ?? uuid();
  await em.insert(Admin, {
    passwordHash: null,
    confirmedAt: T0,
    createdAt: T0,
    invitedBy: null,
    removedAt: null,
    ...given,
    id,
  });
  return id;
}

export async function aContact(em: EntityManager, accountId: string, given: Partial<Contact> = {}): Promise<string> {
  const id = given.id ?? uuid();
  const row = { accountId, email: `ada-${id}@example.com`, name: 'Ada', createdAt: T0 };
  await em.insert(Contact, { ...row, ...given, id });
  return id;
}

/** A form by which people subscribe once they confirm. */
export async function aForm(em: EntityManager, accountId: string, given: Partial<Form> = {}): Promise<string> {
  const id = given.id ?? uuid();
  const words = { heading: 'News from Willow', wording: 'Yes, send me news from Willow.', button: 'Subscribe' };
  const row = {
    ...words,
    accountId,
    name: 'Foot of the blog',
    optIn: 'double',
    createdAt: T0,
    deletedAt: null,
  } as const;
  await em.insert(Form, { ...row, ...given, id });
  return id;
}

/** A date, unless it is another kind. */
export async function aField(
  em: EntityManager,
  accountId: string,
  key: string,
  kind: FieldKind = 'date',
): Promise<string> {
  const id = uuid();
  await em.insert(ContactField, { id, accountId, key, label: `The ${key}`, kind, createdAt: T0 });
  return id;
}

/** Everybody with the tag ‘vip’, unless it asks for others. */
export async function aSegment(em: EntityManager, accountId: string, given: Partial<Segment> = {}): Promise<string> {
  const id = given.id ?? uuid();
  const filters: SegmentFilter[] = [{ kind: 'tag', tag: 'vip', isNot: false }];
  await em.insert(Segment, { accountId, name: `Segment ${id}`, match: 'all', filters, createdAt: T0, ...given, id });
  return id;
}

export async function aNote(
  em: EntityManager,
  of: Pick<ContactNote, 'accountId' | 'contactId'> & Partial<ContactNote>,
): Promise<string> {
  const id = of.id ?? uuid();
  const row = { text: 'Prefers email', actor: { kind: 'system', id: null }, createdAt: T0 } as const;
  await em.insert(ContactNote, { ...row, ...of, id });
  return id;
}

export async function aProduct(em: EntityManager, accountId: string, name = 'Course'): Promise<string> {
  const id = uuid();
  await em.insert(Product, { id, accountId, name, createdAt: T0 });
  return id;
}

/** Ines of Vienna, who works on weekdays from nine to five. */
export async function anExpert(em: EntityManager, accountId: string, given: Partial<Expert> = {}): Promise<string> {
  const id = given.id ?? uuid();
  const day = [{ from: '09:00', to: '17:00' }];
  const row = {
    accountId,
    name: 'Ines Kolar',
    email: 'ines@example.com',
    timeZone: 'Europe/Vienna',
    meetingUrl: 'https://meet.example.com/ines',
    workingHours: { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day },
    bufferMinutes: 0,
    noticeMinutes: 0,
    maxCallsPerDay: null,
    linkNumber: 1,
    archivedAt: null,
    createdAt: T0,
  };
  await em.insert(Expert, { ...row, ...given, id });
  return id;
}

/** Wednesday mornings in Los Angeles. */
export async function aBlock(em: EntityManager, given: OfExpert & Partial<OfficeHours>): Promise<string> {
  const id = given.id ?? uuid();
  const hours = { weekday: 'wednesday', from: '08:00', to: '12:00', timeZone: 'America/Los_Angeles' } as const;
  const row = { ...hours, seats: 8, meetingUrl: null, archivedAt: null, createdAt: T0 };
  await em.insert(OfficeHours, { ...row, ...given, id });
  return id;
}

type OfExpert = Pick<OfficeHours, 'accountId' | 'expertId'>;

/** A monthly offer of one product of its own, unless products are named. */
export async function anOffer(em: EntityManager, accountId: string, given: Partial<Offer> = {}) {
  const id = given.id ?? uuid();
  const productIds = given.productIds ?? [await aProduct(em, accountId)];
  const row = { accountId, name: 'Studio', price: MONTHLY, refundWindowDays: 30, emailsOff: [], createdAt: T0 };
  await em.insert(Offer, { ...row, ...given, id, productIds });
  return { offerId: id, productIds };
}

/** A contact's customer at the platform's own Stripe. */
export async function aCustomerAtStripe(em: EntityManager, contactId: string, made: Partial<CustomerAtStripe> = {}) {
  const contact = await em.findOneOrFail(Contact, contactId);
  const customerId = made.customerId ?? `cus_of_${contactId}`;
  await keepAtStripe(em, { contact, forAccountId: null }, null, { ...made, customerId });
  return customerId;
}

type OfWhom = Pick<Payment, 'accountId' | 'contactId' | 'purchaseId'>;

/** A dispute of a payment, as a record would have left it: open since T0, unless said otherwise. */
export async function aDisputeRow(
  em: EntityManager,
  given: Pick<Dispute, 'accountId' | 'purchaseId' | 'paymentId'> & Partial<Dispute>,
): Promise<string> {
  const id = given.id ?? `du_${uuid()}`;
  const money = { amountMinor: 2900, currency: 'usd', reason: 'fraudulent' };
  const course = {
    state: 'open',
    stripeStatus: 'needs_response',
    openedAt: T0,
    evidenceDueAt: T0,
    closedAt: null,
  } as const;
  await em.insert(Dispute, { ...money, ...course, ...given, id });
  return id;
}

/** A payment as a record would have left it: of $29.00, made at T0, unless said otherwise. */
export async function aPaymentRow(em: EntityManager, given: OfWhom & Partial<Payment>): Promise<string> {
  const id = given.id ?? `in_${uuid()}`;
  const none = { periodStart: null, periodEnd: null, disputedAt: null, cardBrand: null, cardLast4: null };
  const untried = { failedAt: null, attempts: null, nextTryAt: null, declineCode: null, canceledAt: null };
  const money = { amountMinor: 2900, currency: 'usd', refundedMinor: 0, paidAt: T0 };
  await em.insert(Payment, { ...money, ...none, ...untried, ...given, id });
  return id;
}

type Acquired = {
  contactId: string;
  offerId: string;
  forAccountId?: string;
  origin?: PurchaseState['origin'];
  now?: Instant;
};

/** The state of what somebody has asked for, with its row, before it is a purchase. */
export async function anIncompletePurchase(
  em: EntityManager,
  { contactId, offerId, forAccountId, origin = 'bought', now = T0 }: Acquired,
): Promise<PurchaseState> {
  const purchaseId = uuid();
  const contact = await em.findOneOrFail(Contact, contactId);
  const offer = await em.findOneOrFail(Offer, offerId);
  await insertIncomplete(em, { purchaseId, contact, forAccountId, terms: termsOf(offer), origin, now });
  return (await em.findOneOrFail(Purchase, purchaseId)).snapshot;
}

type Mailed = Pick<Email, 'accountId' | 'recipientId'> & Partial<Email>;

/** An email to a contact, queued unless it is said to be further. */
export async function anEmail(em: EntityManager, given: Mailed): Promise<string> {
  const id = given.id ?? uuid();
  const about = { kind: 'payment-receipt', recordKey: id, position: 0, recipientKind: 'contact' } as const;
  await em.insert(Email, { ...about, data: {}, isWelcome: false, dueAt: T0, ...given, id });
  return id;
}

type CodeRow = { accountId: string; code: string };

/** A code of half off for ever, without limits. */
export async function aPromotionCode(em: EntityManager, { accountId, code }: CodeRow): Promise<string> {
  const id = uuid();
  await em.insert(PromotionCode, {
    id,
    accountId,
    code,
    discount: { percentOff: 50, amountOffMinor: null, currency: null, duration: 'forever' },
    offerIds: null,
    endsAt: null,
    maxUses: null,
    oncePerContact: false,
    firstPurchaseOnly: false,
    endedAt: null,
    createdAt: T0,
  });
  return id;
}
