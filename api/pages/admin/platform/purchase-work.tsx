import type { z } from 'zod';
import { BILLING, PEOPLE } from '../../../auth/roles.ts';
import type { Overview } from '../../../platform/overview-schema.ts';
import type { attentionSchema } from '../../../purchase/attention-schema.ts';
import { attentionRoutes } from '../../../purchase/attentions.ts';
import type { purchaseSummarySchema } from '../../../purchase/purchase-schema.ts';
import { purchaseRoutes } from '../../../purchase/purchases.ts';
import { hasRole, siteOf, type PageCall } from '../../page.ts';
import { moneyInWords } from '../../parts/money.tsx';
import { Day } from '../../parts/when.tsx';
import { attentionInWords } from '../../words/attention.ts';
import { nameOf, NOTHING, type Work, type WorkItem } from './work-item.ts';

type Attention = z.output<typeof attentionSchema>;
type Summary = z.output<typeof purchaseSummarySchema>;
type Seen = Overview['attention'];

/** How many of a kind stand on the home; the others are in their list. */
export const OF_A_KIND = '8';

/** What a person has to decide, the longest waiting first. */
export async function attentionWork({ api }: PageCall, { needsAttention }: Seen): Promise<Work> {
  if (needsAttention === 0) return NOTHING;
  const { data, nextCursor } = await api.read(attentionRoutes.list, { query: { limit: OF_A_KIND } });
  const more =
    nextCursor === null ? [] : [{ label: 'All that need attention', href: '/purchases?needsAttention=true' }];
  return { items: data.flatMap(ofAttention), more };
}

function ofAttention({ id, reason, since, purchase }: Attention): WorkItem[] {
  if (!purchase) return [];
  const href = `/purchases/${purchase.id}`;
  const title = `${nameOf(purchase.contact)} · ${purchase.offer.name}`;
  const detail = attentionInWords(reason);
  return [{ key: id, tone: 'bad', title, href, detail, since, amount: null, actions: [{ label: 'Decide', href }] }];
}

type PurchaseWork = {
  filter: Record<string, string>;
  more: string;
  /** Absent where another item says it already. */
  item: (purchase: Summary) => WorkItem;
};

/** The purchases of one filter, without those that `seen` names. */
async function purchaseWork({ api }: PageCall, count: number, work: PurchaseWork, seen: ReadonlySet<string>) {
  if (count === 0) return NOTHING;
  const query = { ...work.filter, limit: OF_A_KIND };
  const { data, nextCursor } = await api.read(purchaseRoutes.list, { query });
  const href = `/purchases?${new URLSearchParams(work.filter).toString()}`;
  const others = data.filter(({ id }) => !seen.has(id));
  return { items: others.map((one) => work.item(one)), more: nextCursor === null ? [] : [{ label: work.more, href }] };
}

/** What is wrong with purchases besides; `decided`: those that wait for a decision already. */
export async function otherPurchaseWork(call: PageCall, seen: Seen, decided: ReadonlySet<string>): Promise<Work[]> {
  return [
    await purchaseWork(call, seen.refundsFailed, refundFailed(call), decided),
    await purchaseWork(call, seen.billingWithoutAccess, billedWithoutAccess(call), new Set()),
    await purchaseWork(call, seen.waitsForStripe, WAITS_FOR_STRIPE, decided),
  ];
}

const refundFailed = (call: PageCall): PurchaseWork => ({
  filter: { refunds: 'failed' },
  more: 'All with a failed refund',
  item: ({ id, contact, offer }) => ({
    key: `refund ${id}`,
    tone: 'bad',
    title: `A refund to ${nameOf(contact)} failed`,
    href: `/purchases/${id}`,
    detail: `For ${offer.name}. The money is still with you.`,
    since: null,
    amount: null,
    actions: hasRole(call, BILLING) ? [{ label: 'Refund again', href: `/purchases/${id}/refund` }] : [],
  }),
});

const billedWithoutAccess = (call: PageCall): PurchaseWork => ({
  filter: { billingWithoutAccess: 'true' },
  more: 'All that are billed without access',
  item: ({ id, contact, offer, nextCharge, nextChargeAt }) => ({
    key: `billed ${id}`,
    tone: 'warn',
    title: `${nameOf(contact)} is billed without access`,
    href: `/purchases/${id}`,
    detail:
      nextCharge === null ? (
        `Nothing of ${offer.name} is open to them.`
      ) : (
        <>
          Nothing of {offer.name} is open. {moneyInWords(nextCharge)} is charged on{' '}
          <Day at={nextChargeAt} site={siteOf(call)} />.
        </>
      ),
    since: null,
    amount: nextCharge,
    actions: [
      ...(hasRole(call, PEOPLE) ? [{ label: 'Restore', href: `/purchases/${id}/restore` }] : []),
      ...(hasRole(call, BILLING) ? [{ label: 'Cancel', href: `/purchases/${id}/cancel` }] : []),
    ],
  }),
});

const WAITS_FOR_STRIPE: PurchaseWork = {
  filter: { waitsForStripe: 'true' },
  more: 'All that wait for Stripe',
  item: ({ id, contact, offer }) => ({
    key: `waits ${id}`,
    tone: 'warn',
    title: `${nameOf(contact)} · ${offer.name}`,
    href: `/purchases/${id}`,
    detail: 'Stripe has not answered for a long time. It is asked again automatically; nothing is done twice.',
    since: null,
    amount: null,
    actions: [],
  }),
};
