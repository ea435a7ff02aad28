import { Contact } from '../../db/entities/contact.ts';
import { fieldsOf } from '../../db/platform/audited-fields.ts';

/** What the audit log tells of a person when it changes; it goes when they are erased. */
export const shownContact = fieldsOf(
  Contact,
  'email',
  'name',
  'language',
  'timeZone',
  'fields',
  'marketingStatus',
  'unsubscribedReason',
  'isTest',
);
