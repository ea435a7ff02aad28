import { z } from 'zod';
import { id } from '../http/fields.ts';

/** A purchase by the names of its contact and offer, for lists that speak of it. */
export const namedPurchase = z
  .strictObject({
    id,
    contact: z.strictObject({ id, email: z.string(), name: z.string().nullable() }),
    offer: z.strictObject({ id, name: z.string() }),
  })
  .meta({ id: 'NamedPurchase' });
