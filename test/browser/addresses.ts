import { METRIC_NAMES } from '../../api/money/metric-definitions.ts';
import type { Filled } from './a-filled-account.ts';

/** One way to visit a page: what its address is filled with, and its query. */
type Variant = {
  purchaseId?: string;
  offerId?: string;
  callId?: string;
  broadcastId?: string;
  token?: string;
  name?: string;
  query?: string;
};

/** Ways to visit pages that want a certain purchase, or more than their bare address. */
const variantsOf = (all: Filled): Record<string, Variant[] | undefined> => {
  const { live, paused, leaving, revoked, overdue, plan, once, changing, mayAsk, freeOfferId, goldId } = all;
  const booking = `purchase=${live.purchaseId}`;
  return {
    '/purchases/{purchaseId}': Object.values(all).filter(isBought),
    '/offers/{offerId}/activation': [{}, { offerId: freeOfferId }],
    '/purchases/{purchaseId}/forecast': [{}, overdue, paused, changing],
    '/purchases/{purchaseId}/resume': [paused],
    '/purchases/{purchaseId}/change-resume-date': [paused],
    '/purchases/{purchaseId}/undo-cancel': [leaving],
    '/purchases/{purchaseId}/restore': [revoked],
    '/purchases/{purchaseId}/retry-payment': [overdue],
    '/purchases/{purchaseId}/pay-off': [plan],
    '/purchases/{purchaseId}/extend': [once],
    '/purchases/{purchaseId}/undo-change-offer': [changing],
    '/broadcasts/{broadcastId}': [{}, { broadcastId: all.sentBroadcastId }],
    '/contacts/{contactId}/merge': [{}, { query: 'email=nobody@example.com' }],
    '/emails/suppressions': [{}, { query: `contactId=${all.contactId}` }],
    '/figures/{name}': METRIC_NAMES.map((name) => ({ name })),
    '/calls': [{}, { query: 'view=day&date=2027-02-10' }],
    '/calls/{callId}/held': [{ callId: all.begunId }],
    '/calls/{callId}/no-show': [{ callId: all.begunId }],
    '/s/{site}/billing/{purchaseId}/undo-cancel': [leaving],
    '/s/{site}/billing/{purchaseId}/cancellation-request': [mayAsk],
    '/s/{site}/billing/{purchaseId}/change-offer': [{}, { query: `offer=${goldId}` }],
    '/s/{site}/billing/{purchaseId}/pause': [{}, { query: 'days=30' }],
    '/s/{site}/billing/update-card': [{ query: booking }],
    '/s/{site}/billing/card-updated': [{ query: booking }],
    '/s/{site}/billing/confirm-payment': [{ query: `${booking}&invoice=${all.invoiceId}` }],
    '/s/{site}/calls/book': [{ query: `${booking}&expert=${all.expertId}&startsAt=2027-02-11T08:00:00.000Z` }],
    '/s/{site}/calls/seats/book': [{ query: `${booking}&block=${all.blockId}&date=2027-02-10` }],
    '/s/{site}/join/{offerId}': [{}, { offerId: freeOfferId }],
    '/s/{site}/join/{offerId}/take': [{ offerId: freeOfferId, query: 'token=as-mailed' }],
    '/s/{site}/join/{offerId}/thanks': [{ offerId: plan.offerId, query: `checkout=${all.checkout}` }],
    '/search': [{}, { query: 'q=a.e' }, { query: 'q=willow&kind=contact' }, { query: 'q=nobody.at.all' }],
    '/contacts/login-help': [{}, { query: 'email=nobody%40filled.example' }],
    '/s/{site}/preview/{token}': [{ token: 'as-made' }],
    '/confirm': [{}, { query: 'token=as-mailed' }],
    '/reset-password': [{}, { query: 'token=as-mailed' }],
    '/s/{site}/confirm-subscription': [{}, { query: 'token=as-mailed' }],
    '/s/{site}/forms/{formId}': [{}, { query: 'sent=yes' }],
    '/s/{site}/reset-password': [{}, { query: 'token=as-mailed' }],
    '/s/{site}/set-password': [{}, { query: 'token=as-mailed' }],
    '/s/{site}/login': [{}, { query: 'token=as-mailed' }],
  };
};

const isBought = (one: Filled[keyof Filled]): one is Filled['live'] => typeof one === 'object';

/** Where a page is visited; @throws where nobody has said what a part of its address is. */
export function addressesOf(pattern: string, all: Filled): string[] {
  const { strayId, slug, live, webhookId, removalRequestId, ...ids } = all;
  const values: Record<string, unknown> = { ...ids, ...live, site: slug, attentionId: 'none' };
  values.requestId = pattern.startsWith('/removals') ? removalRequestId : values.requestId;
  values.webhookId = pattern.includes('unmatched') ? strayId : webhookId;
  return (variantsOf(all)[pattern] ?? [{}]).map(({ query, ...change }) => {
    const path = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = { ...values, ...change }[name];
      if (typeof value !== 'string') throw new Error(`a filled account has no ${name} for ${pattern}`);
      return value;
    });
    return query === undefined ? path : `${path}?${query}`;
  });
}
