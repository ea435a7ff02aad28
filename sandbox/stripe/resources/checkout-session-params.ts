import { z } from 'zod';
import { expand, flag, ignored, integer, listFields, metadata, text } from '../protocol/fields.ts';
import { recurring } from './catalog.ts';
import { trialSettings } from './subscriptions.ts';

/** What a checkout session takes. */
const priceData = z.strictObject({
  currency: text,
  product: text.optional(),
  unit_amount: integer,
  recurring: recurring.optional(),
  ...ignored('tax_behavior'),
  product_data: z
    .strictObject({
      name: text,
      description: text.optional(),
      metadata: metadata.optional(),
      ...ignored('images', 'tax_code'),
    })
    .optional(),
});
export const line = z.strictObject({
  price: text.optional(),
  price_data: priceData.optional(),
  quantity: integer.optional(),
  ...ignored('adjustable_quantity', 'metadata'),
});

export const create = z.strictObject({
  mode: z.enum(['payment', 'setup', 'subscription']),
  line_items: z.array(line).optional(),
  cancel_url: text.optional(),
  success_url: text,
  client_reference_id: text.optional(),
  expand,
  customer: text.optional(),
  customer_email: text.optional(),
  expires_at: integer.optional(),
  metadata: metadata.optional(),
  customer_creation: z.enum(['always', 'if_required']).optional(),
  currency: text.optional(),
  payment_method_collection: z.enum(['always', 'if_required']).optional(),
  payment_intent_data: z
    .strictObject({
      metadata: metadata.optional(),
      description: text.optional(),
      setup_future_usage: z.enum(['off_session', 'on_session']).optional(),
      ...ignored('receipt_email', 'statement_descriptor'),
    })
    .optional(),
  invoice_creation: z
    .strictObject({
      enabled: flag,
      invoice_data: z
        .strictObject({
          metadata: metadata.optional(),
          description: text.optional(),
          ...ignored('footer', 'custom_fields', 'rendering_options'),
        })
        .optional(),
    })
    .optional(),
  setup_intent_data: z.strictObject({ metadata: metadata.optional(), description: text.optional() }).optional(),
  subscription_data: z
    .strictObject({
      metadata: metadata.optional(),
      description: text.optional(),
      trial_end: integer.optional(),
      trial_period_days: integer.optional(),
      trial_settings: trialSettings,
    })
    .optional(),
  after_expiration: z.strictObject({ recovery: z.strictObject({ enabled: flag }).optional() }).optional(),
  custom_text: z.strictObject({ submit: z.strictObject({ message: text }).optional() }).optional(),
  ui_mode: z.enum(['hosted_page']).optional(),
  allow_promotion_codes: z.literal('false').optional(),
  discounts: z.array(z.strictObject({ coupon: text.optional(), promotion_code: text.optional() })).optional(),
  ...ignored(
    'locale',
    'billing_address_collection',
    'phone_number_collection',
    'submit_type',
    'customer_update',
    'consent_collection',
  ),
  ...ignored(
    'automatic_tax',
    'tax_id_collection',
    'saved_payment_method_options',
    'payment_method_options',
    'branding_settings',
    'adaptive_pricing',
  ),
});

export const list = z.strictObject({
  ...listFields,
  customer: text.optional(),
  subscription: text.optional(),
  payment_intent: text.optional(),
  status: z.enum(['complete', 'expired', 'open']).optional(),
});
