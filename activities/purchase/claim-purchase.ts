import { claimPurchase, type Claim } from '../../db/purchase/claim-purchase.ts';
import type { Orm } from '../../db/orm.ts';
import type { LookAhead, Taken } from '../../workflows/inbox/inbox.ts';

/** `ahead`: the first look; absent in histories of 0.1. */
export type Claimed = Claim & { ahead?: LookAhead | null };

type Deps = { orm: Orm; takeInbox: (purchaseId: string) => Promise<Taken | null> };

/** Claims a purchase and looks into its inbox; null where there is no such purchase. */
export const createClaimPurchase =
  ({ orm, takeInbox }: Deps) =>
  async (purchaseId: string): Promise<Claimed | null> => {
    const claim = await claimPurchase(orm.em.fork(), purchaseId);
    if (!claim) return null;
    const at = new Date().toISOString();
    const taken = await takeInbox(purchaseId);
    return { ...claim, ahead: taken && { at, taken } };
  };
