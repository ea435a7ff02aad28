import type { Site } from './catalogue.ts';

/** What the previews and tests of all templates share. Month end and daylight saving on purpose. */
export const PREVIEW_SITE: Site = {
  name: 'Willow & Wheel Pottery',
  supportEmail: 'hello@willow-and-wheel.example',
  timeZone: 'America/Los_Angeles',
  footer: 'Willow & Wheel Pottery\n12 Kiln Lane, Portland, Oregon',
};

export const PREVIEW_CUSTOMER = { site: PREVIEW_SITE, contactName: 'Ada Lovelace', offerName: 'Studio Membership' };

export const PREVIEW_PRICE = { amountMinor: 4900, currency: 'usd' };

export const PREVIEW_NOTICE = {
  site: PREVIEW_SITE,
  offerName: 'Studio Membership',
  customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
  purchaseUrl: 'https://perennial.example/purchases/0190a1b2-0000-7000-8000-000000000001',
  at: '2026-03-31T16:00:00.000Z',
  actor: { kind: 'admin', label: 'owner@willow-and-wheel.example' },
  reason: null,
} as const;
