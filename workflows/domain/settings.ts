import type { LanguageCode } from '../../emails/languages/codes.ts';
import { DEFAULT_BOUNCE_LIMIT, type BounceLimit } from './bounces.ts';
import { DEFAULT_REASONS } from './cancel-reasons.ts';
import { DEFAULT_RETENTION, type Retention } from './retention.ts';
import type { TrialScope } from './trial.ts';

export const AUTO_REVOKES = ['off', 'on_first_failure', 'after_days', 'on_exhausted'] as const;
type AutoRevoke = (typeof AUTO_REVOKES)[number];

const REVOKE_DAYS = 7;

export const ON_DISPUTE = ['keep', 'revoke', 'cancel'] as const;
type OnDispute = (typeof ON_DISPUTE)[number];

const UPCOMING_PAYMENT_DAYS = 3;

/** Stripe's four over about three weeks [R11.2]. */
const PAYMENT_TRIES = 4;

/** The settings of an account that decide what happens to its purchases. */
export type LifecycleSettings = {
  /** Payment receipts by mail [R13.3]. */
  receipts: 'all' | 'first' | 'off';
  /** When a failed payment closes access [R11.3]. */
  autoRevoke: AutoRevoke;
  /** How many days after the first failure `after_days` closes it; absent = `REVOKE_DAYS`. */
  autoRevokeDays?: number | undefined;
  /** How often Stripe tries a payment, the first try included; absent = `PAYMENT_TRIES`. */
  paymentTries?: number | undefined;
  /** What a refund made at Stripe does to access [R10.4]. */
  onExternalRefund: 'keep' | 'revoke';
  /** What a dispute does to access, or to billing and access [R10.5]. */
  onDispute: OnDispute;
  /**
   * How many days before a regular charge its customer is told, where that email is on [R13.3];
   * absent = it was recorded before there were such emails.
   */
  upcomingPaymentDays?: number | undefined;
  /** Email kinds that the account has switched off [R13.4]. */
  emailsOff: string[];
};

export const DEFAULT_SETTINGS: LifecycleSettings = {
  receipts: 'all',
  autoRevoke: 'on_exhausted',
  onExternalRefund: 'keep',
  onDispute: 'keep',
  upcomingPaymentDays: UPCOMING_PAYMENT_DAYS,
  emailsOff: ['upcoming-payment'],
};

/**
 * How customers may cancel by themselves [R9]. Its texts are for pages: they never reach a
 * workflow.
 */
export type SelfCancel = {
  isOn: boolean;
  /** Shown where they confirm. */
  message: string | null;
  /** Shown in place of the button while it is off. */
  instructions: string | null;
  /** Without the page that asks once more. */
  isOneStep: boolean;
  /** What they choose from when they are asked why; empty = in their own words alone. */
  reasons: string[];
};

const DEFAULT_SELF_CANCEL: SelfCancel = {
  isOn: true,
  message: null,
  instructions: null,
  isOneStep: false,
  reasons: [...DEFAULT_REASONS],
};

/**
 * How a site looks to its customers, and what its pages and emails say of it. Like the texts of
 * `SelfCancel` it never reaches a workflow, and is kept apart from the settings that do.
 */
export type SiteLook = {
  /** `#rrggbb`; null = Perennial's own. */
  color: string | null;
  logoUrl: string | null;
  postalAddress: string | null;
  termsUrl: string | null;
  privacyUrl: string | null;
  /** In which its emails are written to whoever has chosen none. */
  language: LanguageCode;
};

const DEFAULT_LOOK: SiteLook = {
  color: null,
  logoUrl: null,
  postalAddress: null,
  termsUrl: null,
  privacyUrl: null,
  language: 'en',
};

export const lookOf = ({ site }: { site: Partial<SiteLook> }): SiteLook => ({ ...DEFAULT_LOOK, ...site });

export const SELF_CHANGES = ['off', 'upgrades', 'all'] as const;

/** Which changes within a group of offers customers make by themselves [R26.4]. */
export type SelfChange = (typeof SELF_CHANGES)[number];

/** How customers may pause by themselves [R7.5]. Looked at when they ask, and never later. */
export type SelfPause = {
  isOn: boolean;
  /** How long such a pause lasts at the most. */
  mostDays: number;
  /** So many within 365 days, of one purchase. */
  mostAYear: number;
  access: 'keep' | 'suspend';
};

const DEFAULT_SELF_PAUSE: SelfPause = { isOn: false, mostDays: 90, mostAYear: 2, access: 'keep' };

/** As stored in an account's row; rows from before a setting lack it. */
export type AccountSettings = LifecycleSettings & {
  selfCancel?: Partial<SelfCancel>;
  /** For what a contact gets a trial once; looked at when a checkout begins, and never later. */
  trialOnce?: TrialScope;
  selfChange?: SelfChange;
  selfPause?: Partial<SelfPause>;
  retention?: Partial<Retention>;
  /** Looked at when a bounce is reported. */
  bounceLimit?: Partial<BounceLimit>;
  /** Whether its admins log in with a second factor; looked at with every request of theirs. */
  requireSecondFactor?: boolean;
};

export const upcomingPaymentDaysOf = ({ upcomingPaymentDays = UPCOMING_PAYMENT_DAYS }: LifecycleSettings): number =>
  upcomingPaymentDays;

/** What a workflow sees of an account's settings, by name. */
export const LIFECYCLE_SETTINGS = Object.keys({
  receipts: true,
  autoRevoke: true,
  autoRevokeDays: true,
  paymentTries: true,
  onExternalRefund: true,
  onDispute: true,
  upcomingPaymentDays: true,
  emailsOff: true,
} satisfies Record<keyof LifecycleSettings, true>);

export const autoRevokeDaysOf = ({ autoRevokeDays = REVOKE_DAYS }: LifecycleSettings): number => autoRevokeDays;

export const paymentTriesOf = ({ paymentTries = PAYMENT_TRIES }: LifecycleSettings): number => paymentTries;

export const retentionOf = ({ retention }: AccountSettings): Retention => ({ ...DEFAULT_RETENTION, ...retention });

export const bounceLimitOf = ({ bounceLimit }: AccountSettings): BounceLimit => ({
  ...DEFAULT_BOUNCE_LIMIT,
  ...bounceLimit,
});

export const requiresSecondFactor = ({ requireSecondFactor = false }: AccountSettings): boolean => requireSecondFactor;

export const trialScopeOf = ({ trialOnce = 'offer' }: AccountSettings): TrialScope => trialOnce;

export const selfChangeOf = ({ selfChange = 'off' }: AccountSettings): SelfChange => selfChange;

export const selfPauseOf = ({ selfPause }: AccountSettings): SelfPause => ({ ...DEFAULT_SELF_PAUSE, ...selfPause });

export const selfCancelOf = ({ selfCancel }: AccountSettings): SelfCancel => ({
  ...DEFAULT_SELF_CANCEL,
  ...selfCancel,
});
