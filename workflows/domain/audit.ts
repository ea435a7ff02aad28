import { SECURITY_CHANGES, type SecurityChangeKind } from './security-change.ts';
import { BOOKING_VERB_NAMES, DECISION_NAMES, SYSTEM_VERB_NAMES, VERB_NAMES, type CommandName } from './verb.ts';

/** What an account's audit log tells, by what it is about; in words on its page. */
const TOLD = {
  account: [
    'created',
    'suspended',
    'reopened',
    'closed',
    'entered',
    'left',
    'kept_content_listed',
    'kept_content_confirmed',
  ],
  admin: [
    'invited',
    'invited_again',
    'changed',
    'removed',
    'made_owner',
    'confirmed',
    'login_refused',
    'logged_in',
    'logged_out',
    'session_ended',
    'other_sessions_ended',
    'passkey_renamed',
  ],
  api_key: ['created', 'revoked', 'used'],
  audit_log: ['exported'],
  backup: ['made', 'restored'],
  broadcast: ['created', 'changed', 'deleted', 'tested', 'sent'],
  checkout: ['begun'],
  command: ['woken'],
  contact: [
    'created',
    'changed',
    'subscribed',
    'unsubscribed',
    'suppression_lifted',
    'tagged',
    'untagged',
    'note_added',
    'note_deleted',
    'previewed',
    'preview_opened',
    'exported',
    'merged',
    'erased',
    'unlocked',
    'login_link_sent',
    'login_refused',
    'logged_in',
    'logged_out',
    'session_ended',
    'other_sessions_ended',
    'password_changed',
    'passkey_added',
    'passkey_renamed',
    'passkey_removed',
    'card_chosen',
    'card_removed',
  ],
  contact_field: ['created', 'changed', 'deleted'],
  content: ['put', 'deleted'],
  difference: ['repaired', 'dismissed'],
  email: ['resent'],
  email_template: ['changed', 'reset', 'tested'],
  expert: [
    'created',
    'changed',
    'archived',
    'unarchived',
    'calendar_fetched',
    'time_off_added',
    'time_off_removed',
    'bookings_canceled',
    'link_renewed',
  ],
  form: ['created', 'changed', 'deleted'],
  job: ['paused', 'resumed', 'canceled'],
  list_view: ['created', 'changed', 'deleted'],
  offer: ['created', 'changed', 'archived', 'unarchived', 'activation_changed'],
  office_hours: ['created', 'changed', 'archived', 'unarchived'],
  outreach: ['done'],
  product: ['created', 'changed', 'archived', 'unarchived'],
  promotion_code: ['created', 'ended'],
  purchase: ['note_added', 'note_deleted'],
  reconciliation: ['started'],
  segment: ['created', 'changed', 'deleted'],
  settings: ['changed'],
  stripe: ['connected', 'secret_rotated', 'disconnected'],
  test_clock: ['advanced'],
  webhook: ['replayed'],
} as const satisfies Record<string, readonly string[]>;

type Told = typeof TOLD;

/** What the log is about. */
export type AuditSubject = keyof Told;
export const AUDIT_SUBJECTS = Object.keys(TOLD) as AuditSubject[];

type KindOf = { [Subject in AuditSubject]: `${Subject}.${Told[Subject][number]}` }[AuditSubject];

/**
 * `offer.changed`: what it is about, and what was done. A command is `purchase.` and its name; what
 * changes in how an admin logs in is `admin.` and its kind.
 */
export type AuditKind = KindOf | `purchase.${CommandName}` | `admin.${SecurityChangeKind}`;

const COMMANDS: readonly CommandName[] = [
  ...VERB_NAMES,
  ...SYSTEM_VERB_NAMES,
  ...BOOKING_VERB_NAMES,
  ...DECISION_NAMES,
];

export const commandKind = (name: CommandName): AuditKind => `purchase.${name}`;

/** Every kind there is, by what it is about. */
export const AUDIT_KINDS: readonly AuditKind[] = [
  ...AUDIT_SUBJECTS.flatMap((subject) => TOLD[subject].map((what) => `${subject}.${what}` as AuditKind)),
  ...COMMANDS.map(commandKind),
  ...SECURITY_CHANGES.map((change): AuditKind => `admin.${change}`),
];

export const subjectOf = (kind: AuditKind): AuditSubject => kind.slice(0, kind.indexOf('.')) as AuditSubject;
