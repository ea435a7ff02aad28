import type { z } from 'zod';
import { discountsOf } from '../../workflows/domain/billing-parts.ts';
import { isLive } from '../../workflows/domain/billing.ts';
import { holdingAt } from '../../workflows/domain/discount.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { codeUsedSchema, heldDiscountSchema } from '../catalog/promotion-code-schema.ts';

/** The first that still holds, as Stripe lists them; there is one at a time [R27.5]. */
export function toApiDiscount({ billing }: PurchaseState, now: Instant): z.input<typeof heldDiscountSchema> | null {
  const [first] = isLive(billing) ? holdingAt(discountsOf(billing), now, true) : [];
  if (!first) return null;
  const { discountId: _id, ...shown } = first;
  return shown;
}

/** The code that it was bought with. */
export const toApiCodeUsed = ({ promotion }: PurchaseState): z.input<typeof codeUsedSchema> | null =>
  promotion ? { id: promotion.promotionCodeId, code: promotion.code } : null;
