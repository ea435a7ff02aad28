/** What customers are offered before they cancel [R9.4]. */
export const RETENTION_KINDS = ['pause', 'promotion_code'] as const;
export type RetentionKind = (typeof RETENTION_KINDS)[number];

/** Looked at when they are about to cancel, and never later. */
export type Retention = {
  offer: 'none' | RetentionKind;
  /** Of the code that is offered. */
  promotionCodeId: string | null;
  /** The site's own words beside the offer. */
  message: string | null;
};

export const DEFAULT_RETENTION: Retention = { offer: 'none', promotionCodeId: null, message: null };
