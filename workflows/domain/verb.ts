/** The verbs that may be asked of a purchase [R6], in the order in which people read them. */
export const VERB_NAMES = [
  'pause',
  'resume',
  'change-resume-date',
  'cancel',
  'undo-cancel',
  'change-offer',
  'undo-change-offer',
  'revoke',
  'restore',
  'refund',
  'money-back',
  'retry-payment',
  'pay-off',
  'access-start',
  'extend',
  'issue-credit',
  'forfeit-credit',
] as const;
export type VerbName = (typeof VERB_NAMES)[number];

/**
 * Commands that begin a purchase, that the system gives itself, or that are about a request; nobody
 * can ask for them over a purchase's routes.
 */
export const SYSTEM_VERB_NAMES = [
  'grant',
  'take-free',
  'end-billing',
  'end-dependent',
  'end-disputed',
  'return-duplicate',
  'retry-new-card',
  'void-open-invoices',
  'set-plan-end',
  'request-cancellation',
  'withdraw-cancellation-request',
  'decline-cancellation-request',
  'release-change',
  'change-contact',
  'apply-code',
] as const;
export type SystemVerbName = (typeof SYSTEM_VERB_NAMES)[number];

/** Commands about one call or seat of a purchase, asked over the routes of calls. */
export const BOOKING_VERB_NAMES = [
  'book-call',
  'move-call',
  'cancel-call',
  'end-call',
  'book-seat',
  'cancel-seat',
] as const;
export type BookingVerbName = (typeof BOOKING_VERB_NAMES)[number];

/** Whether it makes a purchase of what is none yet. */
export const beginsPurchase = (name: PlannedName): boolean => name === 'grant' || name === 'take-free';

/** Whether there must be a purchase already; a checkout is handed over as a purchase is. */
export const needsPurchase = (name: PlannedName): boolean => !beginsPurchase(name) && name !== 'change-contact';

/** What a person decides about something that needs attention; neither has a plan of its own. */
export const DECISION_NAMES = ['retry', 'abandon'] as const;
export type DecisionName = (typeof DECISION_NAMES)[number];

/** What `retry` and `abandon` take; null = the pending verb. */
export type DecisionInput = { attentionId: string | null };

export const isDecision = (name: CommandName): name is DecisionName => DECISION_NAMES.some((one) => one === name);

/** Commands with a plan: what they will do can be said beforehand. */
export type PlannedName = VerbName | SystemVerbName | BookingVerbName;

export type CommandName = PlannedName | DecisionName;

export const ROLES = ['owner', 'administrator', 'assistant', 'support', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** What an admin is made; the owner is the one to whom ownership was transferred. */
export const GIVEN_ROLES = ['administrator', 'assistant', 'support'] as const satisfies readonly Role[];

/** What an admin of the platform's own account is made [R2.5]. */
export const GIVEN_ROLES_OF_PLATFORM = [...GIVEN_ROLES, 'operator'] as const satisfies readonly Role[];

/**
 * Who did it [R2.3]; `id` names the admin, operator or API key. Ids only: the email is looked up
 * when shown.
 */
export type Actor = {
  kind: 'admin' | 'operator' | 'api_key' | 'customer' | 'expert' | 'automation' | 'system' | 'stripe';
  id: string | null;
  role?: Role | undefined;
};

export const SYSTEM: Actor = { kind: 'system', id: null };
export const STRIPE: Actor = { kind: 'stripe', id: null };
export const AUTOMATION: Actor = { kind: 'automation', id: null };
