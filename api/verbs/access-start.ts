import { z } from 'zod';
import { BILLING } from '../auth/roles.ts';
import { givenInstant } from '../http/fields.ts';
import { asked, defineAskedVerb, instantAsked } from './asked-verb.ts';

const input = z.strictObject({ startsAt: instantAsked });

export const accessStart = defineAskedVerb({
  operationId: 'moveAccessStart',
  summary: 'Move the start of access',
  roles: BILLING,
  input,
  body: input.extend({ ...asked, startsAt: givenInstant }),
  example: { startsAt: '2027-02-01T00:00:00Z' },
  toInput: ({ startsAt }) => ({ startsAt }),
});
