import { z } from 'zod';
import { BILLING } from '../auth/roles.ts';
import { asked, defineAskedVerb } from './asked-verb.ts';

const input = z.strictObject({});

export const undoCancel = defineAskedVerb({
  operationId: 'undoCancelPurchase',
  summary: 'Take a pending cancellation back',
  roles: BILLING,
  input,
  body: input.extend(asked),
  example: {},
  toInput: () => ({}),
});
