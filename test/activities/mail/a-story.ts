import { v7 as uuid } from 'uuid';
import { recordPurchase } from '../../../db/purchase/record-purchase.ts';
import { entryOf } from '../../../workflows/purchase/entry-of.ts';
import { applyDeadline } from '../../../workflows/domain/apply-deadline.ts';
import { applyFact } from '../../../workflows/domain/apply-fact.ts';
import type { Context, Outcome } from '../../../workflows/domain/change.ts';
import type { OwnDue } from '../../../workflows/domain/due.ts';
import type { Fact, InvoiceFact, RefundFact, StripeObject, SubscriptionFact } from '../../../workflows/domain/facts.ts';
import type { EmailIntent, TimelineEntry } from '../../../workflows/domain/outcome.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { DEFAULT_SETTINGS, type LifecycleSettings } from '../../../workflows/domain/settings.ts';
import type { Actor, PlannedName } from '../../../workflows/domain/verb.ts';
import type { RowEnd } from '../../../workflows/inbox/inbox.ts';
import { plan } from '../../../workflows/verbs/plan.ts';
import { anOffer } from '../../builders/rows.ts';
import * as facts from '../../builders/purchase.ts';
import { T0, aSale, type MailGround } from './a-mail-ground.ts';

type Recorded = {
  state: PurchaseState;
  entries: TimelineEntry[];
  emails: (EmailIntent & { entry: number })[];
  ends?: RowEnd[] | undefined;
};
type Asked = {
  at: string;
  actor?: Actor;
  commandId?: string;
  reason?: string;
  ends?: RowEnd[];
  settings?: Partial<LifecycleSettings>;
};

/**
 * The life of one purchase, carried by the real domain and the real record: what its emails are
 * made of.
 */
export async function aStory(ground: MailGround, options: Parameters<typeof aSale>[1] = {}) {
  let state = await aSale(ground, options);
  let revision = 0;
  const { purchaseId } = state;
  const context = (now: string): Context => ({ now, settings: DEFAULT_SETTINGS, duplicateOf: null });

  /** The ids of the emails that it queued, by kind. */
  async function record({ ends = [], ...made }: Recorded, now: string): Promise<Record<string, string>> {
    ({ state } = made);
    revision += 1;
    const money = { payments: state.payments, followUps: [], stuckReason: null };
    const recorded = await recordPurchase(ground.orm.em.fork(), { epoch: 0, revision, now, ends, ...money, ...made });
    if (recorded.kind !== 'recorded') throw new Error(JSON.stringify(recorded));
    const rows = await Promise.all(recorded.emails.map(({ emailId }) => ground.email(emailId)));
    return Object.fromEntries(rows.map(({ id, kind }) => [kind, id]));
  }

  function take(outcome: Outcome, now: string): Promise<Record<string, string>> {
    if (outcome.kind !== 'changed') throw new Error(`the story stands still: ${outcome.kind}`);
    const { next, entries, emails } = outcome.change;
    const caused = emails.map(({ causedBy, ...email }) => ({ ...email, entry: entries.indexOf(causedBy) }));
    return record({ state: next, entries, emails: caused }, now);
  }

  return {
    purchaseId,
    state: () => state,
    record,
    hear: (
      object: StripeObject,
      at: string,
      { source = 'event', ...around }: Partial<Context & Pick<Fact, 'source'>> = {},
    ) => take(applyFact(state, { object, occurredAt: at, source }, { ...context(at), ...around }), at),
    reach: (kind: OwnDue['kind'], at: string, around: Partial<Context> = {}) =>
      take(applyDeadline(state, { kind, at, owner: 'perennial' }, { ...context(at), ...around }), at),
    async ask(name: PlannedName, input: object, { at, actor, commandId = uuid(), reason, ends, settings }: Asked) {
      const by = actor ?? { kind: 'admin' as const, id: ground.ids.owner, role: 'owner' as const };
      if (reason)
        await ground.sql('insert into command_texts (command_id, account_id, reason) values (?, ?, ?)', [
          commandId,
          ground.ids.account,
          reason,
        ]);
      const planned = plan(name, state, input, { now: at, actor: by, settings: { ...DEFAULT_SETTINGS, ...settings } });
      const command = { commandId, name, input, actor: by, askedAt: at, planHash: null, expectedVersion: null };
      const { follows } = planned;
      const entries = [entryOf(command, planned.entry, planned.data), ...follows.entries];
      const followed = follows.emails.map(({ causedBy, ...email }) => ({ ...email, entry: entries.indexOf(causedBy) }));
      return record(
        {
          state: planned.next,
          entries,
          emails: [...planned.emails.map((email) => ({ ...email, entry: 0 })), ...followed],
          ends,
        },
        at,
      );
    },
  };
}

/** Facts of a life of its own: Stripe's ids are unique. */
export const aSubscription = (change: Partial<SubscriptionFact> = {}): SubscriptionFact =>
  facts.aSubscription({ subscriptionId: `sub_${uuid()}`, ...change });

/** The first, paid at T0, unless it is said to be another. */
export const anInvoice = (change: Partial<InvoiceFact> = {}): InvoiceFact =>
  facts.anInvoice({
    invoiceId: `in_${uuid()}`,
    reason: 'first',
    paidAt: T0,
    periodStart: T0,
    periodEnd: facts.FEB_28,
    ...change,
  });

export const aRefund = (change: Partial<RefundFact> & Pick<RefundFact, 'paymentId'>): RefundFact =>
  facts.aRefund({ refundId: `re_${uuid()}`, amountMinor: 1250, createdAt: '2027-02-10T09:00:00.000Z', ...change });

/** A purchase that was to become another offer, then was not, and then did at once. */
export async function aChangedStory(ground: MailGround) {
  const gold = { name: 'Gold', productIds: ground.ids.products.slice(1) };
  const { offerId } = await anOffer(ground.orm.em.fork(), ground.ids.account, gold);
  const { story } = await aBoughtStory(ground);
  const terms = { ...story.state().terms, offerId, productIds: gold.productIds };
  const [d10, d11, d12] = ['2027-02-10T09:00:00.000Z', '2027-02-11T09:00:00.000Z', '2027-02-12T09:00:00.000Z'] as const;
  const found = { terms, priceId: 'price_2', obstacle: null, isArchived: false, asOf: d12, quote: null };
  const input = { offerId, proration: 'prorate', found };
  const scheduled = await story.ask('change-offer', { ...input, when: 'period_end' }, { at: d10, reason: 'Grown' });
  const undone = await story.ask('undo-change-offer', {}, { at: d11, reason: 'Not yet' });
  const changed = await story.ask('change-offer', { ...input, when: 'now' }, { at: d12, reason: 'Asked for' });
  const held = await heldChange(ground, { ...input, found: { ...found, awaitsContent: true }, when: 'period_end' });
  return { story, emails: { ...scheduled, ...undone, ...changed, ...held } as Record<string, string> };
}

/** Nobody has confirmed what stays before the next period is paid. */
async function heldChange(ground: MailGround, input: object) {
  const { story } = await aBoughtStory(ground);
  await story.ask('change-offer', input, { at: '2027-02-10T09:00:00.000Z' });
  const period = { periodStart: facts.FEB_28, periodEnd: facts.MAR_31 };
  return story.hear(anInvoice({ ...period, reason: 'renewal', paidAt: facts.FEB_28 }), facts.FEB_28);
}

/** What its emails say, by kind. */
export const CHANGE_SAYS = {
  'offer-change-scheduled': { newOfferName: 'Gold', changesAt: facts.FEB_28 },
  'admin-offer-change-scheduled': { offerName: 'Studio Membership', newOfferName: 'Gold', changesAt: facts.FEB_28 },
  'offer-change-undone': { newOfferName: 'Gold', nextCharge: { at: facts.FEB_28 } },
  'admin-offer-change-undone': { newOfferName: 'Gold', reason: 'Not yet' },
  'higher-plan-stays': { offerName: 'Studio Membership', newOfferName: 'Gold', changesAt: facts.MAR_31 },
  'admin-higher-plan-stays': { newOfferName: 'Gold', changesAt: facts.MAR_31 },
  'offer-changed': { offerName: 'Gold', previousOfferName: 'Studio Membership', products: ['Course 2'] },
  'admin-offer-changed': { offerName: 'Gold', previousOfferName: 'Studio Membership', reason: 'Asked for' },
};

/** A purchase that was paid for and has begun; its confirmation is queued. */
export async function aBoughtStory(ground: MailGround, options: Parameters<typeof aSale>[1] = {}) {
  const story = await aStory(ground, options);
  const invoice = anInvoice();
  const subscription = aSubscription();
  await story.hear(invoice, T0);
  const emails = await story.hear(subscription, T0);
  const confirmation = emails['purchase-confirmation'] ?? '';
  return { story, subscription, paymentId: invoice.invoiceId, confirmation, emails };
}
