import { PEOPLE } from '../auth/roles.ts';
import { asked, defineAskedVerb, productsAsked } from './asked-verb.ts';

export const restore = defineAskedVerb({
  operationId: 'restorePurchase',
  summary: 'Lift the revoked block',
  roles: PEOPLE,
  input: productsAsked,
  body: productsAsked.extend(asked),
  example: { productIds: null },
  toInput: ({ productIds }) => ({ productIds }),
});
