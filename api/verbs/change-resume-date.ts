import { z } from 'zod';
import { BILLING } from '../auth/roles.ts';
import { asked, defineAskedVerb, instantAsked } from './asked-verb.ts';

const input = z.strictObject({ resumeAt: instantAsked.nullable() });

export const changeResumeDate = defineAskedVerb({
  operationId: 'changeResumeDate',
  summary: 'Move or clear the date at which a pause ends by itself',
  roles: BILLING,
  input,
  body: input.extend(asked),
  example: { resumeAt: '2027-04-01T09:00:00Z' },
  toInput: ({ resumeAt }) => ({ resumeAt }),
});
