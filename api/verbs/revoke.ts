import { PEOPLE } from '../auth/roles.ts';
import { asked, defineAskedVerb, productsAsked } from './asked-verb.ts';

export const revoke = defineAskedVerb({
  operationId: 'revokePurchase',
  summary: 'Block access to some or all products at once; billing goes on',
  roles: PEOPLE,
  input: productsAsked,
  body: productsAsked.extend(asked),
  example: { productIds: null, reason: 'Shared the login' },
  toInput: ({ productIds }) => ({ productIds }),
});
