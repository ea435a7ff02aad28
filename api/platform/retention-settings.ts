import { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import { PromotionCode } from '../../db/entities/promotion-code.ts';
import { RETENTION_KINDS, type Retention } from '../../workflows/domain/retention.ts';
import { freeText, givenId, id } from '../http/fields.ts';
import { invalid } from '../http/problem.ts';

const offer = z.enum(['none', ...RETENTION_KINDS]);

export const retentionSettings = z
  .strictObject({ offer, promotionCodeId: id.nullable(), message: z.string().nullable() })
  .meta({ id: 'RetentionSettings' });

export const givenRetention = z
  .strictObject({
    offer: offer.describe('`pause`: as far as `selfPause` goes.'),
    promotionCodeId: givenId.nullable().describe('The code that is offered.'),
    message: freeText.nullable().describe('Shown beside the offer.'),
  })
  .partial()
  .describe('What customers are offered before they cancel by themselves.');

/** @throws Problem 422 for a code that nobody could take */
export async function checkRetention(
  em: Scoped,
  { offer: offered, promotionCodeId }: Pick<Retention, 'offer' | 'promotionCodeId'>,
): Promise<void> {
  if (promotionCodeId === null) {
    if (offered === 'promotion_code') throw invalid('retention.promotionCodeId', 'must name the code that is offered');
    return;
  }
  const code = await em.findOne(PromotionCode, { id: promotionCodeId });
  if (!code) throw invalid('retention.promotionCodeId', 'is no promotion code of this account');
  if (code.firstPurchaseOnly)
    throw invalid('retention.promotionCodeId', 'is for a first purchase, which whoever cancels has made');
}
