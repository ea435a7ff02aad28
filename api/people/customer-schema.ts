import { z } from 'zod';
import { isCommonPassword, LEAST_OF_PASSWORD } from '../auth/passwords.ts';
import { BLOCK_SOURCES } from '../../workflows/domain/access.ts';
import { id, instant } from '../http/fields.ts';
import { creditRuleSchema, officeHours } from '../catalog/credit-rule-schema.ts';
import { REQUEST_STATES } from '../../workflows/domain/cancellation-request.ts';
import { LANGUAGE_CODES } from '../../emails/languages/codes.ts';
import { SELF_CHANGES } from '../../workflows/domain/settings.ts';
import { TRIAL_SCOPES } from '../../workflows/domain/trial.ts';
import { heldDiscountSchema } from '../catalog/promotion-code-schema.ts';
import { priceSchema } from '../catalog/offer-schema.ts';
import { checkoutTrial } from './contact-schema.ts';
import { cardSchema } from '../money/payment-schema.ts';
import { myPaymentSchema } from './my-payment-schema.ts';
import { accessStatus, billingStatus, instalments, leftToPay } from '../purchase/purchase-schema.ts';

const at = instant.nullable();
const money = { amountMinor: z.int(), currency: z.string() };
export const moneySchema = z.strictObject(money);
/** A new one, of a customer or an admin [R14.1]. */
export const password = z
  .string()
  .min(LEAST_OF_PASSWORD, `must have at least ${LEAST_OF_PASSWORD} characters`)
  .max(200)
  .refine((text) => !isCommonPassword(text), 'is one of those that are tried first everywhere; choose another one');

export const sessionSchema = z
  .strictObject({
    token: z.string(),
    expiresAt: instant,
    contactId: id,
    accountId: id,
    siteUrl: z.string().describe('Where the pages are that it opens.'),
  })
  .meta({ id: 'CustomerSession', description: 'The token goes where an API key goes, on the routes under /v1/me.' });

/** How customers may cancel by themselves [R9]. */
export const selfCancelSchema = z
  .strictObject({
    isOn: z.boolean(),
    message: z.string().nullable(),
    instructions: z.string().nullable(),
    isOneStep: z.boolean(),
    reasons: z.array(z.string()).describe('What customers choose from when they are asked why.'),
  })
  .meta({ id: 'SelfCancel' });

/** How customers may pause by themselves [R7.5]. */
export const selfPauseSchema = z
  .strictObject({
    isOn: z.boolean(),
    mostDays: z.int().describe('How long such a pause lasts at the most.'),
    mostAYear: z.int().describe('How many of them within 365 days, of one purchase.'),
    access: z.enum(['keep', 'suspend']),
  })
  .meta({ id: 'SelfPause' });

export const siteSchema = z
  .strictObject({
    name: z.string(),
    slug: z.string(),
    url: z.string().describe("Where the site's pages are."),
    supportEmail: z.string(),
    timeZone: z.string(),
    postalAddress: z.string().nullable(),
    termsUrl: z.string().nullable(),
    privacyUrl: z.string().nullable(),
  })
  .meta({ id: 'Site' });
export type PublicSite = z.output<typeof siteSchema>;

export const meSchema = z
  .strictObject({
    id,
    email: z.string(),
    name: z.string().nullable(),
    hasPassword: z.boolean(),
    canSetPassword: z.boolean().describe('There is none yet, or the session was begun by an emailed link.'),
    passwordDroppedAt: at.describe(
      'When a password was dropped that was set before their address was proven; null: none was, or there is another.',
    ),
    timeZone: z.string().nullable().describe("In which they read the times of calls; null: the site's."),
    language: z.enum(LANGUAGE_CODES).nullable().describe("In which their emails are written; null: the site's."),
    site: siteSchema,
    selfCancel: selfCancelSchema,
    selfPause: selfPauseSchema,
    selfChange: z.enum(SELF_CHANGES).describe('Which other offers of a group they change to by themselves.'),
  })
  .meta({ id: 'Me' });
export type Me = z.output<typeof meSchema>;

/** Who set a block stays the site's own matter. */
const blockSchema = z.strictObject({ source: z.enum(BLOCK_SOURCES), since: instant });

const purchaseProduct = z.strictObject({
  productId: id,
  name: z.string(),
  open: z.boolean(),
  until: at,
  startsAt: at.describe('When access starts, where it has not yet.'),
  blocks: z.array(blockSchema),
});

export const libraryItemSchema = z
  .strictObject({
    productId: id,
    name: z.string(),
    url: z.string().nullable().describe('Where it is used; null while it cannot be reached, or where it has none.'),
    description: z.string().nullable(),
    imageUrl: z.string().nullable(),
    hasAccess: z.boolean(),
    until: at.describe('When access is known to end; null = not known to, or there is none.'),
    ways: z.array(
      z.strictObject({
        purchaseId: id,
        offerName: z.string(),
        open: z.boolean(),
        until: at,
        startsAt: at,
        resumeAt: at,
        blocks: z.array(blockSchema),
      }),
    ),
  })
  .meta({
    id: 'LibraryItem',
    description: 'A product, whether it can be reached, and through or because of what.',
  });

const confirmUrl = z
  .string()
  .nullable()
  .describe("Where the payment is confirmed, if the customer's bank wants that; else null.");

const declineCode = z
  .string()
  .nullable()
  .describe("Stripe's code for why the last try failed, as far as a customer may know; null: not known.");

const needsNewCard = z.boolean().describe('The card cannot be charged any more: only another one is tried again.');

export const myPurchaseSchema = z
  .strictObject({
    id,
    offer: z.strictObject({ id, name: z.string() }),
    origin: z.enum(['bought', 'granted']),
    startedAt: instant,
    version: z.int(),
    price: priceSchema,
    billingStatus,
    instalments: instalments.nullable().describe('Of a payment plan; null: it is none.'),
    leftToPay: leftToPay.nullable(),
    accessStatus,
    isDuplicate: z.boolean().describe('It could not be had when it was paid: sent back in full.'),
    nextCharge: moneySchema.extend({ at: instant }).nullable(),
    discount: heldDiscountSchema.nullable().describe('What lessens charges to come.'),
    periodEnd: at,
    trialEndsAt: at,
    cancelAt: at,
    endedAt: at,
    pause: z.strictObject({ since: instant, resumeAt: at, suspendsAccess: z.boolean() }).nullable(),
    overdue: moneySchema.extend({ since: instant, nextTryAt: at, declineCode, needsNewCard, confirmUrl }).nullable(),
    accessUntil: at,
    products: z.array(purchaseProduct),
    payments: z.array(myPaymentSchema),
    card: cardSchema.nullable().describe('As of the last successful charge; null: not by card, or not known yet.'),
    refundWindow: z.strictObject({ state: z.enum(['open', 'closed', 'used']), closesAt: instant }).nullable(),
    isPending: z.boolean().describe('Something that was asked is still being carried out.'),
    canCancel: z.boolean(),
    canRequestCancellation: z.boolean().describe('It is canceled by a request, which may be made now.'),
    cancellationRequest: z
      .strictObject({
        id,
        state: z.enum(REQUEST_STATES),
        refundWanted: z.boolean(),
        askedAt: instant,
        decision: z.string().nullable().describe('Why it was declined.'),
      })
      .nullable()
      .describe('The latest one.'),
    canUndoCancel: z.boolean().describe('Of a cancellation that the customer asked for.'),
    pendingChange: z
      .strictObject({ offerName: z.string(), price: priceSchema, at: instant })
      .nullable()
      .describe('What it becomes with the end of its period.'),
    canChangeOffer: z.boolean().describe('To another offer of its group, as far as `selfChange` goes.'),
    canUndoChangeOffer: z.boolean().describe('Of a change that the customer asked for.'),
    canPause: z.boolean().describe('As far as `selfPause` goes.'),
    canResume: z.boolean().describe('From a pause that the customer asked for.'),
    canUpdateCard: z.boolean(),
    calls: creditRuleSchema.nullable().describe('The call credits that it gives; null: none.'),
    officeHours: z.boolean().describe('It gives seats in office hours.'),
  })
  .meta({ id: 'MyPurchase', description: 'A purchase as its customer sees it.' });
export type MyPurchase = z.output<typeof myPurchaseSchema>;

export const publicOfferSchema = z
  .strictObject({
    id,
    name: z.string(),
    description: z.string().nullable(),
    imageUrl: z.string().nullable(),
    sale: z.enum(['open', 'archived']).describe('`open`: can be bought, or taken if it is free.'),
    price: priceSchema,
    refundWindowDays: z.int(),
    accessDays: z.int().nullable(),
    accessStartsAt: at,
    products: z.array(z.strictObject({ name: z.string(), description: z.string().nullable() })),
    credits: creditRuleSchema.nullable().describe('The call credits that it gives; null: none.'),
    officeHours,
    requires: z.array(z.strictObject({ id, name: z.string() })).describe('Of these offers, who buys it must have one.'),
    trialOnce: z.enum(TRIAL_SCOPES).describe('For what a trial is given once.'),
    newsWording: z.string().describe('What a box that is not set says beside the details: to agree to it is `news`.'),
    site: siteSchema,
  })
  .meta({ id: 'PublicOffer', description: 'What anybody may know of an offer.' });

export const paymentPageSchema = z
  .strictObject({ url: z.string().describe("Stripe's page."), siteName: z.string() })
  .meta({ id: 'PaymentPage', description: 'Where an overdue invoice is paid, or its payment confirmed.' });

export const stripePageSchema = z.strictObject({ url: z.string().describe("Stripe's page."), expiresAt: instant });
export const begunCheckoutSchema = stripePageSchema.extend({ trial: checkoutTrial });

export const checkoutStateSchema = z
  .strictObject({
    state: z
      .enum(['waiting', 'bought', 'sent_back', 'over'])
      .describe(
        "`waiting`: for Stripe's word that it is paid. `sent_back`: it was live already, so the money goes back.",
      ),
    offer: z.strictObject({ id, name: z.string() }),
    email: z.string().nullable().describe('Whom it was for; null from seven days after it was begun.'),
    canSetPassword: z.boolean(),
    site: siteSchema,
  })
  .meta({ id: 'CheckoutState', description: 'What became of a checkout, for the browser that began it.' });

export const cardAnswerSchema = z
  .strictObject({
    payment: z
      .enum(['none_due', 'paid', 'pending', 'declined'])
      .describe('What became of an overdue payment, which was tried with the new card.'),
    purchase: myPurchaseSchema,
  })
  .meta({ id: 'CardAnswer' });
