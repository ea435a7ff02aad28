import { z } from 'zod';
import { BILLING } from '../auth/roles.ts';
import { asked, defineAskedVerb } from './asked-verb.ts';

const input = z.strictObject({});

export const retryPayment = defineAskedVerb({
  operationId: 'retryPayment',
  summary: 'Try an overdue payment now',
  roles: BILLING,
  input,
  body: input.extend(asked),
  example: { dryRun: true },
  toInput: () => ({}),
});
