import { z } from 'zod';
import { REPORT_KINDS } from '../../db/entities/delivery-report.ts';
import { EMAIL_STATES } from '../../db/entities/email.ts';
import { personalRows, type PersonalRows } from '../../db/people/export-contact.ts';
import { formerOf } from '../../db/people/merges.ts';
import { EMAIL_KINDS, type EmailKind } from '../../emails/catalogue.ts';
import { ENTRY_TYPES } from '../../workflows/domain/outcome.ts';
import { BILLING } from '../auth/roles.ts';
import { id, idParams, instant } from '../http/fields.ts';
import { defineRoute } from '../http/route.ts';
import { withoutTokens } from '../mail/email-view.ts';
import { activityKind } from './activity-schema.ts';
import { contactInFull } from './contact-schema.ts';
import { toApiContactInFull } from './contact-view.ts';
import { theContact } from './the-contact.ts';

const at = instant.nullable();
const money = { amountMinor: z.int(), currency: z.string() };

const personalData = z
  .strictObject({
    exportedAt: instant,
    contact: contactInFull,
    timeZone: z.string().nullable(),
    formerContacts: z
      .array(z.strictObject({ id, email: z.string() }))
      .describe('Who was merged into this contact, with the address.'),
    purchases: z.array(
      z.strictObject({
        id,
        offerId: id,
        origin: z.string(),
        startedAt: at,
        billingStatus: z.string(),
        accessStatus: z.string(),
      }),
    ),
    timeline: z.array(
      z.strictObject({
        purchaseId: id,
        type: z.enum(ENTRY_TYPES),
        at: instant,
        reason: z.string().nullable(),
        feedback: z.string().nullable(),
      }),
    ),
    payments: z.array(
      z.strictObject({
        id: z.string(),
        purchaseId: id,
        ...money,
        refundedMinor: z.int(),
        paidAt: at,
        card: z.string().nullable(),
      }),
    ),
    refunds: z.array(
      z.strictObject({ id: z.string(), paymentId: z.string(), ...money, status: z.string(), createdAt: instant }),
    ),
    emails: z.array(
      z.strictObject({
        id,
        kind: z.enum(EMAIL_KINDS),
        state: z.enum(EMAIL_STATES),
        subject: z.string().nullable(),
        text: z.string().nullable().describe('One-time links are taken out.'),
        dueAt: instant,
        sentAt: at,
      }),
    ),
    deliveryReports: z.array(z.strictObject({ emailId: id, kind: z.enum(REPORT_KINDS), reportedAt: instant })),
    suppressionLifts: z.array(z.strictObject({ reason: z.string().nullable(), createdAt: instant })),
    notes: z.array(z.strictObject({ text: z.string(), createdAt: instant })),
    credits: z.array(
      z.strictObject({ id: z.string(), purchaseId: id, state: z.string(), issuedAt: instant, expiresAt: instant }),
    ),
    calls: z.array(
      z.strictObject({ id, purchaseId: id, expertId: id, state: z.string(), startsAt: instant, endsAt: instant }),
    ),
    seats: z.array(
      z.strictObject({ id, purchaseId: id, blockId: id, state: z.string(), startsAt: instant, endsAt: instant }),
    ),
    checkouts: z.array(z.strictObject({ id, offerId: id, state: z.string(), createdAt: instant })),
    activities: z.array(
      z.strictObject({ kind: activityKind, at: instant, productId: id.nullable(), lessonId: z.string().nullable() }),
    ),
    progress: z.array(
      z.strictObject({ productId: id, lessonId: z.string().nullable(), viewedAt: instant, completedAt: at }),
    ),
    previews: z
      .array(z.strictObject({ createdAt: instant }))
      .describe('When somebody of the site looked at their pages.'),
    passkeys: z.array(z.strictObject({ name: z.string(), createdAt: instant, lastUsedAt: at })),
    sessions: z.array(z.strictObject({ createdAt: instant, expiresAt: instant })),
  })
  .meta({ id: 'PersonalData', description: 'All that is known of one person.' });

const read = defineRoute({
  method: 'get',
  path: '/v1/contacts/{contactId}/export',
  tag: 'Contacts',
  operationId: 'exportContact',
  audit: { kind: 'contact.exported' },
  summary: 'Read all that is known of one person, as they may ask for it',
  roles: BILLING,
  params: idParams('contactId'),
  answers: { 200: personalData },
  async handle(call) {
    const { em, now } = call;
    const contact = await theContact(call);
    const rows = await personalRows(em, contact.id);
    const formerContacts = (await formerOf(em, contact.id)).map(({ id: formerId, email }) => ({ id: formerId, email }));
    const about = {
      exportedAt: now,
      contact: await toApiContactInFull(em, contact),
      timeZone: contact.timeZone,
      formerContacts,
    };
    return { status: 200, body: { ...about, ...toApiRows(rows) } };
  },
});

const toApiRows = (
  rows: PersonalRows,
): Omit<z.input<typeof personalData>, 'exportedAt' | 'contact' | 'timeZone' | 'formerContacts'> => ({
  purchases: rows.purchases.map(({ id: purchaseId, offerId, origin, startedAt, billingStatus, accessStatus }) => {
    return { id: purchaseId, offerId, origin, startedAt, billingStatus, accessStatus };
  }),
  timeline: linesOf(rows),
  payments: rows.payments.map((one) => ({
    id: one.id,
    purchaseId: one.purchaseId,
    amountMinor: one.amountMinor,
    currency: one.currency,
    refundedMinor: one.refundedMinor,
    paidAt: one.paidAt,
    card: one.cardLast4 && `${one.cardBrand} ${one.cardLast4}`,
  })),
  refunds: rows.refunds.map(({ id: refundId, paymentId, amountMinor, currency, status, createdAt }) => {
    return { id: refundId, paymentId, amountMinor, currency, status, createdAt };
  }),
  emails: rows.emails.map(({ id: emailId, kind, state, subject, text, dueAt, sentAt }) => {
    return { id: emailId, kind: kind as EmailKind, state, subject, text: withoutTokens(text), dueAt, sentAt };
  }),
  deliveryReports: rows.deliveryReports.map(({ emailId, kind, reportedAt }) => ({ emailId, kind, reportedAt })),
  suppressionLifts: rows.suppressionLifts.map(({ reason, createdAt }) => ({ reason, createdAt })),
  notes: rows.notes.map(({ text, createdAt }) => ({ text, createdAt })),
  credits: rows.credits.map(({ id: creditId, purchaseId, state, issuedAt, expiresAt }) => {
    return { id: creditId, purchaseId, state, issuedAt, expiresAt };
  }),
  calls: rows.calls.map(({ id: callId, purchaseId, expertId, state, startsAt, endsAt }) => {
    return { id: callId, purchaseId, expertId, state, startsAt, endsAt };
  }),
  seats: rows.seats.map(({ id: seatId, purchaseId, blockId, state, startsAt, endsAt }) => {
    return { id: seatId, purchaseId, blockId, state, startsAt, endsAt };
  }),
  checkouts: rows.checkouts.map(({ id: checkoutId, offerId, state, createdAt }) => {
    return { id: checkoutId, offerId, state, createdAt };
  }),
  ...doneBy(rows),
});

const doneBy = ({ activities, progress, previews, passkeys, sessions }: PersonalRows) => ({
  previews: previews.map(({ createdAt }) => ({ createdAt })),
  passkeys: passkeys.map(({ name, createdAt, lastUsedAt }) => ({ name, createdAt, lastUsedAt })),
  sessions: sessions.map(({ createdAt, expiresAt }) => ({ createdAt, expiresAt })),
  activities: activities.map(({ kind, at: doneAt, productId, lessonId }) => ({
    kind,
    at: doneAt,
    productId,
    lessonId,
  })),
  progress: progress.map(({ productId, lessonId, viewedAt, completedAt }) => {
    return { productId, lessonId: lessonId || null, viewedAt, completedAt };
  }),
});

function linesOf({ timeline, texts }: PersonalRows) {
  const textOf = new Map(texts.map((text) => [text.commandId, text]));
  return timeline.map(({ purchaseId, type, at: happenedAt, commandId }) => {
    const { reason = null, feedback = null } = (commandId && textOf.get(commandId)) || {};
    return { purchaseId, type, at: happenedAt, reason, feedback };
  });
}

export const exportContactRoutes = { read };
