import { z } from 'zod';
import { priceSchema } from '../catalog/offer-schema.ts';
import { id, instant } from '../http/fields.ts';

export const pendingChangeSchema = z
  .strictObject({
    offerId: id,
    offerName: z.string(),
    at: instant,
    askedAt: instant,
    price: priceSchema,
    awaitsContent: z
      .boolean()
      .describe('More is used than it has room for: it waits until an operator has confirmed what stays.'),
  })
  .nullable()
  .describe('The offer that it becomes with the end of its period.');
