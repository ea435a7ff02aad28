import type { z } from 'zod';
import { termsOf } from '../../db/catalog/terms-of.ts';
import type { Offer } from '../../db/entities/offer.ts';
import type { Purchase } from '../../db/entities/purchase.ts';
import { addOnsToFollow } from '../../db/platform/follow-interval.ts';
import type { AtPlatform } from '../../db/platform/for-account.ts';
import { periodEndOf } from '../../workflows/domain/billing-parts.ts';
import { intervalOf, soldPerPeriod } from '../../workflows/domain/price.ts';
import { renewalFrom } from '../../workflows/domain/renewal-from.ts';
import { SYSTEM } from '../../workflows/domain/verb.ts';
import { earlyRefusal } from '../verbs/early-refusal.ts';
import type { addOnFollows } from './plan-schema.ts';

type ApiFollows = z.input<typeof addOnFollows>;
type PlanChange = { plan: Purchase; offer: Offer; when: 'now' | 'period_end' };

/**
 * The account's add-on, as it would follow its plan to another interval; null = none would. One
 * that is past due, paused or about to end stays as it is [R27.6].
 */
export async function toApiFollows(at: AtPlatform, { plan, offer, when }: PlanChange): Promise<ApiFollows | null> {
  const { em, platform, forAccountId, now } = at;
  const asked = { accountId: platform.id, forAccountId, plan: termsOf(offer), now };
  const [following] = await addOnsToFollow(em, asked);
  if (!following) return null;
  const { addOn, offer: next, input } = following;
  const change = { verb: 'change-offer', input, planHash: null, expectedVersion: null } as const;
  const context = { now, actor: SYSTEM, settings: platform.settings };
  const [interval, price] = [intervalOf(next.price), soldPerPeriod(next.price)];
  if (interval === null || price === null || earlyRefusal(addOn.snapshot, change, context)) return null;
  const changesAt = when === 'now' ? now : (periodEndOf(plan.snapshot.billing) ?? now);
  const chargedAt = renewalFrom(addOn.snapshot, changesAt);
  return { offer: { id: next.id, name: next.name }, interval, price, chargedAt };
}
