import type { Scoped } from '../../db/account-scope.ts';
import { findCode, termsOfCode, usesOf } from '../../db/catalog/promotion-codes.ts';
import type { Account } from '../../db/entities/account.ts';
import type { Offer } from '../../db/entities/offer.ts';
import type { PromotionCode } from '../../db/entities/promotion-code.ts';
import { CODE_REFUSALS, refusesSale, type CodeRefusal } from '../../workflows/domain/promotion-code.ts';
import { invalid, type Problem } from '../http/problem.ts';

type Asked = { em: Scoped; account: Account; now: string };

/** A 422 of the field, with the reason in words [R4.6]. */
export const codeRefused = (refusal: CodeRefusal): Problem => invalid('promotionCode', CODE_REFUSALS[refusal], refusal);

/**
 * The code of a text, if it holds for the offer. Whether it does for the buyer is judged under the
 * contact's lock.
 */
export async function codeFor({ em, account, now }: Asked, offer: Offer, text: string): Promise<PromotionCode> {
  const code = await findCode(em, account.id, text);
  if (!code) throw codeRefused('promotion_code_unknown');
  const uses = (await usesOf(em, [code.id])).get(code.id) ?? 0;
  const refusal = refusesSale(termsOfCode(code), { offerId: offer.id, price: offer.price, uses, now });
  if (refusal) throw codeRefused(refusal);
  return code;
}
