import type { ApiSuppression } from '../../mail/suppression-schema.ts';

/** Why the provider sends nothing to an address. */
export const SUPPRESSION_WORDS = {
  bounce: 'An email could not be delivered',
  complaint: 'They marked an email as spam',
  listed: 'The provider had the address on its list',
} satisfies Record<ApiSuppression['reason'], string>;
