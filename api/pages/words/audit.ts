import type { AuditKind, AuditSubject } from '../../../workflows/domain/audit.ts';
import type { CommandName } from '../../../workflows/domain/verb.ts';
import type { SecurityChangeKind } from '../../../workflows/domain/security-change.ts';
import { commandInWords } from './command.ts';
import { SECURITY_CHANGE_WORDS } from './security-change.ts';

/** What an entry is about. */
const AUDIT_SUBJECT_WORDS: Record<AuditSubject, string> = {
  account: 'The account',
  admin: 'Team and sign-in',
  api_key: 'API keys',
  audit_log: 'This log',
  backup: 'Backups',
  broadcast: 'Broadcasts',
  checkout: 'Checkouts',
  command: 'Commands',
  contact: 'People',
  contact_field: 'Fields of people',
  content: 'Content',
  difference: 'Differences from Stripe',
  email: 'Emails',
  email_template: 'Texts of emails',
  expert: 'Experts',
  form: 'Forms',
  job: 'Jobs',
  list_view: 'Views of lists',
  offer: 'Offers',
  office_hours: 'Office hours',
  outreach: 'Outreach',
  product: 'Products',
  promotion_code: 'Promotion codes',
  purchase: 'Purchases',
  reconciliation: 'Reconciliation',
  segment: 'Segments',
  settings: 'Settings',
  stripe: 'Stripe',
  test_clock: 'Test clock',
  webhook: 'Webhooks',
};

const ONE: Record<AuditSubject, string> = {
  account: 'Account',
  admin: 'Admin',
  api_key: 'API key',
  audit_log: 'Audit log',
  backup: 'Backup',
  broadcast: 'Broadcast',
  checkout: 'Checkout',
  command: 'Command',
  contact: 'Contact',
  contact_field: 'Field of people',
  content: 'Content',
  difference: 'Difference',
  email: 'Email',
  email_template: 'Text of an email',
  expert: 'Expert',
  form: 'Form',
  job: 'Job',
  list_view: 'View of a list',
  offer: 'Offer',
  office_hours: 'Office hours',
  outreach: 'Outreach task',
  product: 'Product',
  promotion_code: 'Promotion code',
  purchase: 'Purchase',
  reconciliation: 'Reconciliation',
  segment: 'Segment',
  settings: 'Settings',
  stripe: 'Stripe account',
  test_clock: 'Test clock',
  webhook: 'Webhook',
};

/** What reads better than the name and what was done. */
const SAID: Partial<Record<AuditKind, string>> = {
  'account.entered': 'Acted in the account',
  'account.left': 'Left the account',
  'account.kept_content_listed': 'Content to keep listed',
  'account.kept_content_confirmed': 'Content to keep confirmed',
  'admin.logged_in': 'Signed in',
  'admin.logged_out': 'Signed out',
  'admin.login_refused': 'Sign-in refused',
  'admin.made_owner': 'Ownership transferred',
  'admin.confirmed': 'Address confirmed',
  'contact.logged_in': 'Customer logged in',
  'contact.logged_out': 'Customer logged out',
  'contact.login_refused': 'Login of a customer refused',
  'contact.exported': 'Data of a person exported',
  'contact.previewed': 'Pages of a customer opened',
  'contact.preview_opened': 'Pages of a customer opened by a link',
  'contact.note_added': 'Note on a contact added',
  'contact.note_deleted': 'Note on a contact deleted',
  'contact.suppression_lifted': 'Address written to again',
  'offer.activation_changed': 'Activation address of an offer changed',
  'purchase.note_added': 'Note on a purchase added',
  'purchase.note_deleted': 'Note on a purchase deleted',
};

const SECURITY: Record<string, string> = Object.fromEntries(
  Object.entries(SECURITY_CHANGE_WORDS).map(([change, words]: [string, string]) => [
    `admin.${change as SecurityChangeKind}`,
    words,
  ]),
);

/** Offer changed. A verb of a purchase reads as its button does. */
export function auditInWords(kind: AuditKind): string {
  const words = SAID[kind] ?? SECURITY[kind];
  if (words !== undefined) return words;
  const [subject, what = ''] = kind.split('.') as [AuditSubject, string?];
  if (subject === 'purchase') return commandInWords(what as CommandName);
  return `${ONE[subject]} ${what.replaceAll('_', ' ')}`;
}

/** Where what it is about can be looked at; null where there is no page of it. */
export const AUDIT_PATHS: Partial<Record<AuditSubject, string>> = {
  admin: '/admins',
  broadcast: '/broadcasts',
  command: '/commands',
  contact: '/contacts',
  email: '/emails',
  email_template: '/email-templates',
  expert: '/experts',
  form: '/forms',
  job: '/jobs',
  offer: '/offers',
  office_hours: '/office-hours',
  product: '/products',
  promotion_code: '/promotion-codes',
  purchase: '/purchases',
  segment: '/segments',
  webhook: '/webhooks',
};

export const AUDIT_SUBJECT_OPTIONS = Object.entries(AUDIT_SUBJECT_WORDS).map(([value, label]) => ({ value, label }));

/** `selfCancel.isOn` as people read it: Self cancel, is on. */
export function fieldInWords(name: string): string {
  const parts = name.split('.').map((part) => part.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase());
  const words = parts.join(', ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
