import type { z } from 'zod';
import type { purchaseSchema } from '../../api/purchase/purchase-schema.ts';
import type { timelineSchema } from '../../api/purchase/timeline-schema.ts';

/** What the answers hold is checked against their schemas by the client. */
export type ApiPurchase = z.output<typeof purchaseSchema>;
export type ApiTimeline = z.output<typeof timelineSchema>;

type Entry = ApiTimeline['data'][number];
type Due = ApiTimeline['due'][number];

export type ListedEmail = { id: string; dueAt: string; kind: string; recipientKind: string; state: string };

const short = (at: string): string => at.replace(/(:00)?\.000Z$/, 'Z');

/** Facts of an entry that people read; ids are left out, since they differ from run to run. */
const TOLD = [
  'cause',
  'cancelAt',
  'resumeAt',
  'access',
  'billing',
  'startsAt',
  'attempts',
  'declineCode',
  'nextTryAt',
  'voided',
  'recovered',
  'reason',
  'verb',
  'isNewCustomer',
  'override',
  'status',
  'endsAccess',
  'interval',
  'proration',
  'at',
];

function toldOf(data: Record<string, unknown>): string[] {
  const { amountMinor, currency } = data as { amountMinor?: number; currency?: string };
  const money = amountMinor === undefined ? [] : [`${amountMinor} ${currency ?? ''}`.trim()];
  const more = TOLD.filter((key) => data[key] !== undefined && data[key] !== null && data[key] !== false);
  return [...money, ...more.map((key) => `${key}: ${valueOf(data[key])}`)];
}

const valueOf = (value: unknown): string => (typeof value === 'string' ? short(value) : JSON.stringify(value));

/** One line an entry: when, what, by whom, and its figures. */
export const linesOfTimeline = (entries: Entry[]): string[] =>
  entries.map(({ at, type, actor, data }) => {
    const told = toldOf(data);
    return `${short(at)} ${type} by ${actor.kind}${told.length > 0 ? ` (${told.join(', ')})` : ''}`;
  });

export const linesOfDue = (due: Due[]): string[] => due.map(({ at, kind }) => `${short(at)} ${kind}`);

/** Every email is sent by the time a journey looks. */
export const linesOfEmails = (emails: ListedEmail[]): string[] =>
  emails.map(({ dueAt, kind, recipientKind, state }) => {
    const to = recipientKind === 'admin' ? 'admins' : 'customer';
    return `${short(dueAt)} ${kind} to ${to}${state === 'sent' || state === 'delivered' ? '' : ` ${state}`}`;
  });

/** Which entry each kind of due instant brings. */
const BRINGS: Record<string, string[]> = {
  'trial-ends': ['purchase.trial-ended'],
  'offer-change': ['purchase.offer-changed'],
  renewal: ['payment.succeeded', 'payment.failed', 'payment.action-required'],
  instalment: ['payment.succeeded', 'payment.failed', 'payment.action-required', 'purchase.instalment-settled'],
  'last-instalment': ['purchase.completed', 'payment.failed'],
  'payment-retry': ['payment.succeeded', 'payment.failed', 'purchase.canceled'],
  cancellation: ['purchase.canceled'],
  resume: ['purchase.resumed'],
  'access-starts': ['purchase.access-started'],
  'access-expires': ['purchase.access-expired'],
  'access-suspends': ['purchase.access-suspended'],
  'last-warning': ['purchase.last-warning'],
  'card-notice': ['purchase.card-expiring'],
  'trial-notice': ['purchase.trial-ending'],
  'payment-notice': ['purchase.upcoming-payment'],
  'refund-window-closes': ['purchase.refund-window-closed'],
  'credit-issue': ['credits.issued'],
  'credit-expiry': ['credits.expired'],
  'credit-warning': ['credits.expiring'],
  'call-reminder': ['call.reminded'],
  'call-end': ['call.held'],
};

const CHARGES = ['renewal', 'instalment', 'last-instalment', 'payment-retry'];

/**
 * What was due up to `to` has happened, at its very instant; unless an end that came first made it
 * void. @throws naming what did not
 */
export function checkDue(due: Due[], to: string, entries: Entry[], { billing }: ApiPurchase): void {
  const endedAt = billing?.ended?.at;
  const periodStart = billing?.periodStart ?? '';
  for (const { kind, at } of due.filter((one) => one.at <= to)) {
    // A renewal that a credit settles is no payment: its period has begun all the same [R27.1].
    const isPeriod = kind === 'period-ends' || kind === 'renewal';
    const isVoid = (isPeriod || CHARGES.includes(kind)) && endedAt !== undefined && endedAt < at;
    // What is not paid for is issued by its payment [R27.1].
    const isUnpaid = kind === 'credit-issue' && entries.some((one) => one.at === at && one.type === 'payment.failed');
    // A payment before it leaves nothing to suspend for [R11.3].
    const isPaid =
      (kind === 'access-suspends' || kind === 'last-warning') &&
      entries.some((one) => one.at <= at && one.data.recovered === true);
    if (isVoid || isUnpaid || isPaid || (isPeriod && periodStart >= at)) continue;
    if (!entries.some((entry) => entry.at === at && BRINGS[kind]?.includes(entry.type)))
      throw new Error(`${kind} was due at ${at}, and did not happen:\n${linesOfTimeline(entries).join('\n')}`);
  }
}
