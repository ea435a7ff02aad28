import { z } from 'zod';
import { BILLING } from '../auth/roles.ts';
import { givenInstant } from '../http/fields.ts';
import { asked, defineAskedVerb, instantAsked } from './asked-verb.ts';

const days = z
  .int()
  .min(1)
  .max(3650)
  .nullable()
  .default(null)
  .describe('From its end on, or from now once it is over.');
const input = z.strictObject({ days, until: instantAsked.nullable().default(null) });

export const extend = defineAskedVerb({
  operationId: 'extendAccess',
  summary: 'Extend access by days, or to a date; billing stays as it is',
  roles: BILLING,
  input,
  body: input.extend({ ...asked, until: givenInstant.nullable().default(null) }),
  example: { days: 14 },
  toInput: (body) => ({ days: body.days, until: body.until }),
});
