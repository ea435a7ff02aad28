import type { FieldValue } from '../../workflows/domain/contact-field.ts';
import type { Scoped } from '../account-scope.ts';
import type { Contact } from '../entities/contact.ts';
import { ContactField } from '../entities/contact-field.ts';

/** So many fields an account may define. */
export const MOST_FIELDS = 50;

/** The fields of the account, in the order in which they were defined. */
export const fieldsOfAccount = (em: Scoped): Promise<ContactField[]> =>
  em.find(ContactField, {}, { orderBy: { createdAt: 'asc', id: 'asc' } });

/** What a contact has in each of the account's fields, by the field's key; null = nothing. */
export function valuesOf({ fields }: Contact, defined: readonly ContactField[]): Record<string, FieldValue | null> {
  return Object.fromEntries(defined.map(({ id, key }) => [key, fields[id] ?? null]));
}

/** Puts values in, by their keys; those of fields that are no more go with it. */
export function putValues(
  contact: Contact,
  defined: readonly ContactField[],
  values: Record<string, FieldValue | null>,
): void {
  const now = { ...valuesOf(contact, defined), ...values };
  contact.fields = Object.fromEntries(
    defined.flatMap(({ id, key }) => {
      const value = now[key] ?? null;
      return value === null ? [] : [[id, value]];
    }),
  );
}
