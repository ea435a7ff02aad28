import type { z } from 'zod';
import type { ActorEmails } from '../../db/people/actor-emails.ts';
import type { ExplainedProduct } from '../../db/purchase/explain-access.ts';
import type { accessSchema } from '../people/contact-schema.ts';
import { toApiActor } from './purchase-view.ts';

/**
 * Whether a contact reaches a product, through which purchase, and what blocks the others [R5.6].
 */
export function toApiAccess(
  contactId: string,
  { productId, productName, reach, ways }: ExplainedProduct,
  emails: ActorEmails,
): z.input<typeof accessSchema> {
  const open = ways.find((way) => way.open);
  const purchases = ways.map(({ blocks, ...way }) => ({
    ...way,
    blocks: blocks.map(({ source, since, by }) => ({ source, since, by: by && toApiActor(by, emails) })),
  }));
  const { access: hasAccess, from, until } = reach;
  return { contactId, productId, productName, hasAccess, through: open?.purchaseId ?? null, from, until, purchases };
}
