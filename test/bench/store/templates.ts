import type { CommandName } from '../../../workflows/domain/verb.ts';
import type { Shop } from '../../ground/shop.ts';
import type { Template } from './clone-purchases.ts';

/** Real purchases in the states that lists filter by; most are over, as in a shop of some years. */
export async function aFewPurchases(shop: Shop): Promise<Template[]> {
  const bought = async (name: CommandName | null, input: object = {}): Promise<string> => {
    const purchaseId = await shop.buy();
    if (name) await applied(shop, purchaseId, name, input);
    return purchaseId;
  };
  const renewing = await bought(null);
  const paymentId = (await shop.state(renewing)).payments[0]?.paymentId;
  await applied(shop, renewing, 'refund', { paymentId, amountMinor: 500, billing: 'keep', access: 'keep' });
  return [
    { purchaseId: await bought('cancel', { when: 'now', cancelAt: null }), share: 55 },
    { purchaseId: renewing, share: 37 },
    { purchaseId: await bought('cancel', { when: 'period_end', cancelAt: null }), share: 4 },
    { purchaseId: await bought('pause', { resumeAt: null, access: 'keep' }), share: 3 },
    { purchaseId: await bought('revoke', { productIds: null }), share: 1 },
  ];
}

async function applied(shop: Shop, purchaseId: string, name: CommandName, input: object): Promise<void> {
  const { state, answer } = await shop.ask(purchaseId, name, input);
  if (state !== 'applied') throw new Error(`${name} ended as ${state}: ${JSON.stringify(answer)}`);
}
