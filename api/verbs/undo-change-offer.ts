import { z } from 'zod';
import { BILLING } from '../auth/roles.ts';
import { asked, defineAskedVerb } from './asked-verb.ts';

const input = z.strictObject({});

export const undoChangeOffer = defineAskedVerb({
  operationId: 'undoChangeOfferOfPurchase',
  summary: 'Take a scheduled change of offer back',
  roles: BILLING,
  input,
  body: input.extend(asked),
  example: {},
  toInput: () => ({}),
});
