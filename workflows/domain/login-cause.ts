import type { Block } from './access.ts';
import type { Instant } from './instant.ts';
import type { LoginLinkKind, NearMatch, SwitchedOffBy } from './login-facts.ts';

export const LOGIN_CAUSES = [
  'erased',
  'merged',
  'no_such_contact',
  'not_customer',
  'locked_out',
  'email_bounced',
  'email_complained',
  'email_suppressed',
  'email_failed',
  'email_delayed',
  'email_queued',
  'bought_not_granted',
  'welcome_off',
  'password_dropped',
  'never_set_password',
  'link_opened',
  'link_expired',
  'access_blocked',
  'login_fine',
] as const;
export type LoginCauseCode = (typeof LOGIN_CAUSES)[number];

/** What to do next, about what `id` names: a contact, an email, a purchase, an offer. */
export const NEXT_STEPS = [
  'send_welcome_again',
  'send_email_again',
  'send_login_link',
  'unlock',
  'restore_access',
  'resume',
  'retry_payment',
  'extend_access',
  'grant_offer',
  'correct_address',
  'lift_suppression',
  'switch_email_on',
  'ask_for_address',
  'wait',
] as const;
export type NextStepKind = (typeof NEXT_STEPS)[number];

export type NextStep = { kind: NextStepKind; id: string | null };

/** What shows that it is so; null = it does not belong to the cause, or is not known. */
export type LoginEvidence = {
  emailId: string | null;
  sentAt: Instant | null;
  /** The provider's own words. */
  providerText: string | null;
  linkKind: LoginLinkKind | null;
  linkExpiresAt: Instant | null;
  linkOpenedAt: Instant | null;
  /** When the link was last tried in vain. */
  linkRefusedAt: Instant | null;
  until: Instant | null;
  switchedOffBy: SwitchedOffBy | null;
  purchaseId: string | null;
  offerName: string | null;
  productId: string | null;
  productName: string | null;
  blocks: Block[];
  nearMatches: NearMatch[];
  lastLoginAt: Instant | null;
};

/** One reason why somebody cannot log in; `at`: since when it is so. */
export type LoginCause = { code: LoginCauseCode; at: Instant | null; evidence: LoginEvidence; nextStep: NextStep };

const NO_EVIDENCE: LoginEvidence = {
  emailId: null,
  sentAt: null,
  providerText: null,
  linkKind: null,
  linkExpiresAt: null,
  linkOpenedAt: null,
  linkRefusedAt: null,
  until: null,
  switchedOffBy: null,
  purchaseId: null,
  offerName: null,
  productId: null,
  productName: null,
  blocks: [],
  nearMatches: [],
  lastLoginAt: null,
};

/** A cause with what is known of it. */
export const causeOf = (
  code: LoginCauseCode,
  at: Instant | null,
  evidence: Partial<LoginEvidence>,
  nextStep: NextStep,
): LoginCause => ({ code, at, evidence: { ...NO_EVIDENCE, ...evidence }, nextStep });
