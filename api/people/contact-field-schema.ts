import { z } from 'zod';
import { MOST_FIELDS } from '../../db/people/contact-fields.ts';
import { FIELD_KINDS } from '../../workflows/domain/contact-field.ts';
import { id, instant, name } from '../http/fields.ts';

const key = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'must begin with a letter, and have letters, digits and _ only, at most 40')
  .describe('How programs name it; it never changes.');

const label = name.describe('How people read it.');
const kind = z.enum(FIELD_KINDS).describe('What it holds: `date` is a day, such as `2027-01-31`. It never changes.');

export const newField = z.strictObject({ key, label, kind });
export const renamedField = z.strictObject({ label });

export const fieldSchema = z
  .strictObject({ id, key: z.string(), label: z.string(), kind, createdAt: instant })
  .meta({ id: 'ContactField' });

export const fieldValue = z.union([z.string().max(2_000), z.number(), z.boolean()]);

/** What is said of a contact in these fields, by their keys. */
export const givenValues = z
  .record(z.string().max(40), fieldValue.nullable())
  .refine((values) => Object.keys(values).length <= MOST_FIELDS, `must have at most ${MOST_FIELDS} fields`)
  .describe('By key; null empties one, and what is not named stays.');
