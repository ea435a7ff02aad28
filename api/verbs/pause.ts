import { z } from 'zod';
import { BILLING } from '../auth/roles.ts';
import { asked, defineAskedVerb, instantAsked } from './asked-verb.ts';

const input = z.strictObject({
  resumeAt: instantAsked.nullable().default(null),
  access: z.enum(['keep', 'suspend']).default('keep'),
});

export const pause = defineAskedVerb({
  operationId: 'pausePurchase',
  summary: 'Suspend future payments, until a date or until resumed',
  roles: BILLING,
  input,
  body: input.extend(asked),
  example: { resumeAt: '2027-03-01T09:00:00Z', access: 'keep', reason: 'Parental leave' },
  toInput: ({ resumeAt, access }) => ({ resumeAt, access }),
});
