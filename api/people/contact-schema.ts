import { z } from 'zod';
import { CONSENT_SOURCES } from '../../db/entities/consent.ts';
import { ERASURE_STATES } from '../../db/entities/erasure.ts';
import { MERGE_STATES } from '../../db/entities/merge.ts';
import { BLOCK_SOURCES } from '../../workflows/domain/access.ts';
import { MARKETING_CHANGES, MARKETING_STATUSES, UNSUBSCRIBED_REASONS } from '../../workflows/domain/marketing.ts';
import { email, freeText, givenId, id, instant, name } from '../http/fields.ts';
import { fieldValue, givenValues } from './contact-field-schema.ts';
import { language } from '../platform/site-settings.ts';
import { promotionCodeText } from '../catalog/promotion-code-schema.ts';
import { actorSchema } from '../purchase/purchase-schema.ts';

export const personName = name.nullable().describe('As the person writes it.');

export const newContact = z.strictObject({
  email,
  name: personName.default(null),
  isTest: z
    .boolean()
    .default(false)
    .describe('A test customer, for good: they count nowhere, and lists leave them out.'),
});
export const contactChange = z.strictObject({
  email: email.optional(),
  name: personName.optional(),
  language: language.nullable().optional().describe("In which emails are written to them; null: the account's."),
  fields: givenValues.optional(),
});

export const contactSchema = z
  .strictObject({
    id,
    email: z.string(),
    name: z.string().nullable(),
    isCustomer: z.boolean(),
    customerSince: instant.nullable(),
    marketingStatus: z.enum(MARKETING_STATUSES),
    unsubscribedReason: z.enum(UNSUBSCRIBED_REASONS).nullable().describe('Why there is no more marketing email.'),
    isTest: z.boolean().describe('A test customer, who counts nowhere.'),
    createdAt: instant,
  })
  .meta({ id: 'Contact' });

const standing = z.strictObject({
  status: z.enum(MARKETING_STATUSES),
  reason: z.enum(UNSUBSCRIBED_REASONS).nullable(),
});

/** One change of the marketing status, or a consent that changed none [R3.4]. */
const consentSchema = z
  .strictObject({
    id,
    kind: z
      .enum(MARKETING_CHANGES)
      .describe(
        '`form`: an opt-in form was sent. `confirmed`: by the mailed link. `merged`: as another contact, which is part of this one.',
      ),
    from: standing,
    to: standing,
    source: z.enum(CONSENT_SOURCES),
    formId: id.nullable(),
    wording: z.string().nullable().describe('What they agreed to, in the words that were shown.'),
    email: z.string().describe('Their address then.'),
    at: instant,
    by: actorSchema,
  })
  .meta({ id: 'Consent' });

/** A contact with the newest of its consents. */
export const contactInFull = contactSchema
  .extend({
    language: language.nullable().describe("In which emails are written to them; null: the account's."),
    tags: z.array(z.string()).describe('By the alphabet.'),
    fields: z
      .record(z.string(), fieldValue.nullable())
      .describe('What they have in each of the account’s own fields, by its key.'),
    consents: z.array(consentSchema).describe('The newest first, at most 100.'),
    erasure: z
      .strictObject({ state: z.enum(ERASURE_STATES), jobId: id, askedAt: instant })
      .nullable()
      .describe('`canceling`: what runs is being ended first. `came_back`: they bought again, so nothing was erased.'),
    merge: z
      .strictObject({ state: z.enum(MERGE_STATES), intoContactId: id, jobId: id, askedAt: instant })
      .nullable()
      .describe(
        'That it was merged into another one, to which its address and its id lead. `returning`, `refused`: a purchase could not go, so all is as before.',
      ),
  })
  .meta({ id: 'ContactInFull' });

export const consentNoted = z.strictObject({
  wording: freeText.describe('What they agreed to, and how: kept as the proof of it.'),
});

/** A word by which people find contacts again; written small, whoever writes it. */
export const contactTag = name
  .max(60, 'must have at most 60 characters')
  .toLowerCase()
  .overwrite((given) => given.replaceAll(/\s+/g, ' '));

/** How many contacts each default segment has [R3.7]. */
export const segmentCounts = z
  .strictObject({ all: z.int(), customers: z.int(), subscribed: z.int() })
  .meta({ id: 'SegmentCounts' });

export const accessSchema = z
  .strictObject({
    contactId: id,
    productId: id,
    productName: z.string(),
    hasAccess: z.boolean(),
    through: id.nullable().describe('The purchase that gives access.'),
    from: instant.nullable().describe('When access is known to begin; null while there is access.'),
    until: instant
      .nullable()
      .describe('When access is known to end, over all purchases; null = not known to, or there is none.'),
    purchases: z.array(
      z.strictObject({
        purchaseId: id,
        offerName: z.string(),
        open: z.boolean(),
        until: instant.nullable(),
        blocks: z.array(z.strictObject({ source: z.enum(BLOCK_SOURCES), since: instant, by: actorSchema.nullable() })),
      }),
    ),
  })
  .meta({ id: 'Access', description: 'Whether a contact reaches a product, and why.' });

const forAccountId = givenId.describe(
  'The account that it is for, whose owner then holds it; operators alone, of offers of the platform.',
);

/** Whom a grant is for: a contact that is there, an email address, or an account by its owner. */
export const newGrant = z
  .strictObject({
    offerId: givenId,
    contactId: givenId.optional(),
    email: email.optional(),
    name: personName.optional(),
    forAccountId: forAccountId.optional(),
    skipConfirmation: z.boolean().default(false),
    skipWelcome: z.boolean().default(false),
    reason: freeText.optional(),
  })
  .refine((whom) => [whom.contactId, whom.email, whom.forAccountId].filter((one) => one !== undefined).length === 1, {
    path: ['contactId'],
    message: 'needs either contactId, email or forAccountId',
  });

/** What somebody is likely to read, who has not chosen yet. */
export const guessedLanguage = language.describe(
  "In which emails are written to them, and Stripe's page is shown; kept of whoever is no customer yet and has no language.",
);

const pageUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).max(2000);

export const newCheckout = z.strictObject({
  offerId: givenId,
  email,
  name: personName.default(null),
  language: guessedLanguage.optional(),
  promotionCode: promotionCodeText.optional().describe('Compared without regard to case.'),
  successUrl: pageUrl.optional().describe("Where Stripe's page leads once it is paid; the site's library otherwise."),
  cancelUrl: pageUrl.optional().describe("Where it leads back to; the offer's page otherwise."),
  forAccountId: forAccountId.optional(),
  newsWording: freeText
    .optional()
    .describe('The contact has agreed to these words on a page of yours; buying itself is no consent.'),
});

/** Said before anything is paid [R4.5]. */
export const checkoutTrial = z
  .enum(['given', 'had', 'none'])
  .describe('`had`: this contact has had the trial already, so the first payment is due now.');

export const checkoutSchema = z
  .strictObject({
    id,
    purchaseId: id.describe('The purchase that it becomes when it is paid.'),
    contactId: id,
    offerId: id,
    url: z.string().describe("Stripe's page, where the customer pays."),
    expiresAt: instant,
    trial: checkoutTrial,
  })
  .meta({ id: 'Checkout' });

export const mailedLinkSchema = z
  .strictObject({ status: z.literal('mailed'), contactId: id, offerId: id })
  .meta({ id: 'MailedLink', description: 'A free offer: the contact takes it by the link that was mailed.' });
