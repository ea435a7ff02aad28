import { z } from 'zod';
import { BILLING } from '../auth/roles.ts';
import { asked, defineAskedVerb } from './asked-verb.ts';

const input = z.strictObject({});

export const resume = defineAskedVerb({
  operationId: 'resumePurchase',
  summary: 'Let payments go on at the next regular date',
  roles: BILLING,
  input,
  body: input.extend(asked),
  example: {},
  toInput: () => ({}),
});
