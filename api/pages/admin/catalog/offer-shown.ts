import type { z } from 'zod';
import type { offerSchema, productSchema } from '../../../catalog/offer-schema.ts';

export type Offer = z.output<typeof offerSchema>;
export type Product = z.output<typeof productSchema>;
