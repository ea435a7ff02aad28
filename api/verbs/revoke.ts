import { z } from 'zod';
import { PEOPLE } from '../auth/roles.ts';
import { asked, defineAskedVerb, productsAsked } from './asked-verb.ts';

const input = productsAsked.extend({
  calls: z.enum(['keep', 'cancel']).default('keep').describe('Whether booked calls and seats stand or are canceled.'),
});

export const revoke = defineAskedVerb({
  operationId: 'revokePurchase',
  summary: 'Block access to some or all products at once; billing goes on',
  roles: PEOPLE,
  input,
  body: input.extend(asked),
  example: { productIds: null, reason: 'Shared the login' },
  toInput: ({ productIds, calls }) => ({ productIds, calls }),
});
