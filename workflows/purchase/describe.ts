import { accessStatus, productAccess } from '../domain/access.ts';
import { ATTENTION_WORDS } from '../domain/attention-words.ts';
import { callsOf, isBooked } from '../domain/calls/bookings.ts';
import { creditFigures } from '../domain/credits/figures.ts';
import { endOf, heldChangeOf, pendingChangeOf } from '../domain/billing-parts.ts';
import { billingStatus, isLive } from '../domain/billing.ts';
import { upcoming } from '../domain/due.ts';
import { instalmentsOf } from '../domain/instalments.ts';
import type { Instant } from '../domain/instant.ts';
import { isGivenUp, type Attention, type PendingCommand } from '../domain/pending.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import { windowState } from '../domain/refund-window.ts';
import type { StripeWrite } from '../domain/writes.ts';
import { DUE_IN_WORDS } from './due-in-words.ts';

/** What a run waits for besides its deadline. */
export type Waiting = {
  pending: PendingCommand | null;
  stuckReason: string | null;
  isReading: boolean;
  clock: Instant | null;
};

/**
 * Where a purchase stands, in words, for the operator who opens it in the Temporal UI. Markdown,
 * with ids only.
 */
export function describePurchase(state: PurchaseState, now: Instant, waiting: Waiting): string {
  return [headline(state, now), ...trouble(state, waiting), standing(state, now), dueLines(state, now, waiting)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function headline(state: PurchaseState, now: Instant): string {
  if (!state.startedAt)
    return '**Checkout**: not paid yet, so no purchase. It becomes one when Stripe reports a live subscription.';
  const billing = billingStatus(state.billing);
  const words = billing === 'none' ? 'granted, without billing' : `billing **${billing}**`;
  return `**Purchase**: ${words}, access **${accessStatus(state, now)}**, version ${state.version}.`;
}

/** What is stuck, why, and what can be done about it. */
function trouble(state: PurchaseState, { pending, stuckReason, isReading }: Waiting): string[] {
  const lines = state.attentions.map((attention) => needs(attention, state.attentions.length > 1));
  if (pending && !isGivenUp(state)) {
    const write = pending.writes[pending.answered];
    const where = `write ${pending.answered + 1} of ${pending.writes.length}`;
    lines.push(
      `### Under way: ${pending.command.name}\nWaits for Stripe (${where}${write ? `: ${inWords(write)}` : ''}), asked at ${pending.command.askedAt}.`,
    );
    if (stuckReason) {
      lines.push(
        `Stripe does not answer. It is tried again by itself for three days.\n\n${SEND_UPDATE} \`retry\` tries at once; \`abandon\` gives up, after reading Stripe.`,
      );
    }
  }
  if (isReading) lines.push('Reads the subscription at Stripe, to put what Stripe sent in order.');
  return lines;
}

/** `isOneOfSeveral`: then the updates need to know which one is meant. */
function needs({ id, reason, since, command: about }: Attention, isOneOfSeveral: boolean): string {
  const whose = about ? `, command \`${about.command.commandId}\` (${about.command.name})` : '';
  const writes = about?.writes.map((write) => `- ${inWords(write)}`).join('\n') ?? `- \`${id}\``;
  const input = isOneOfSeveral ? `\n\nThe input of either is \`"${id}"\`.` : '';
  const again = about ? 'sends it again' : 'reads Stripe again';
  return (
    `### Needs attention: ${ATTENTION_WORDS[reason].what}\nSince ${since}${whose}.\n\n${writes}\n\n` +
    `${SEND_UPDATE} \`retry\` ${again}; \`abandon\` leaves it undone.${input}`
  );
}

/** Where to find updates in the Temporal UI. Sending one of these twice does nothing twice. */
const SEND_UPDATE = '**More Actions → Send an Update**:';

function inWords(write: StripeWrite): string {
  switch (write.op) {
    case 'pauseCollection':
      return `pause collection${write.resumesAt ? ` until ${write.resumesAt}` : ''}`;
    case 'resumeCollection':
      return 'resume collection';
    case 'cancelNow':
      return 'cancel the subscription now';
    case 'cancelAt':
      return `cancel the subscription at ${write.at}`;
    case 'stopAt':
      return `have the payment plan stop at ${write.at}`;
    case 'undoCancel':
      return 'undo the cancellation';
    case 'voidOpenInvoices':
      return 'void open invoices';
    case 'changePrice':
      return `change the price to ${priceIn(write)}`;
    case 'scheduleChange':
      return `schedule ${priceIn(write)} for ${write.at}`;
    case 'applyCode':
      return `put promotion code \`${write.promotionCodeId}\` on the subscription`;
    case 'releaseChange':
      return 'release the schedule';
    case 'withdrawCredit':
      return `take ${write.amountMinor} minor units off the customer’s balance`;
    case 'payInvoice':
      return `charge invoice \`${write.invoiceId}\``;
    case 'payOff':
      return `charge ${write.amountMinor} minor units for the last ${write.instalments} instalments`;
    case 'refund':
      return `refund ${write.amountMinor} minor units of payment \`${write.paymentId}\``;
  }
}

const priceIn = (write: Extract<StripeWrite, { op: 'changePrice' | 'scheduleChange' }>): string =>
  write.priceId === null ? `a new price of offer \`${write.offerId}\`` : `\`${write.priceId}\``;

function standing(state: PurchaseState, now: Instant): string {
  const { billing, refundWindow } = state;
  const lines = productAccess(state, now).map(({ productId, open, blocks }) =>
    open
      ? `- product \`${productId}\`: open`
      : `- product \`${productId}\`: closed (${blocks.map(({ source }) => source).join(', ')})`,
  );
  if (isLive(billing) && billing.pause)
    lines.push(`- paused since ${billing.pause.since}, resumes ${billing.pause.resumeAt ?? 'by hand'}`);
  const plan = instalmentsOf(billing);
  if (plan) lines.push(`- ${plan.paid} of ${plan.total} instalments paid`);
  if (isLive(billing) && billing.cancellation)
    lines.push(`- pending cancellation at ${billing.cancellation.at} (${billing.cancellation.cause})`);
  if (isLive(billing))
    for (const { invoiceId, since, attempts, declineCode } of billing.overdue)
      lines.push(
        `- invoice \`${invoiceId}\` overdue since ${since}, ${attempts} tries${declineCode ? ` (${declineCode})` : ''}`,
      );
  lines.push(...creditLines(state, now));
  const change = pendingChangeOf(billing);
  const held = heldChangeOf(billing);
  if (held) lines.push(`- becomes offer \`${held.terms.offerId}\` at ${held.at}, once it is confirmed what stays`);
  if (change) lines.push(`- becomes offer \`${change.terms.offerId}\` at ${change.at}`);
  const ended = endOf(billing);
  if (ended) lines.push(`- ended at ${ended.at} (${ended.cause})`);
  if (refundWindow) lines.push(`- refund window ${windowState(refundWindow, now)}, closes ${refundWindow.closesAt}`);
  return lines.join('\n');
}

/** The balance of call credits, and the next call. */
function creditLines(state: PurchaseState, now: Instant): string[] {
  const figures = creditFigures(state, now);
  if (!figures) return [];
  const { available, held, remainingThisYear, perYear, nextIssueAt } = figures;
  const call = callsOf(state).find((one) => isBooked(one) && one.startsAt >= now);
  return [
    `- call credits: **${available}** available, ${held} held, ${remainingThisYear} of ${perYear} left this year, next ${nextIssueAt ?? 'none'}`,
    ...(call ? [`- next call ${call.startsAt}, expert \`${call.expertId}\``] : []),
  ];
}

/** A list, because the UI runs the cells of a table together. */
function dueLines(state: PurchaseState, now: Instant, { clock }: Waiting): string {
  const dues = upcoming(state, now);
  const time = clock ? `Test clock: ${clock}. Timers wait for it to be moved.\n\n` : '';
  if (dues.length === 0) return `${time}Nothing is due.`;
  const lines = dues.map(
    ({ at, kind, owner }) => `- ${at}: **${DUE_IN_WORDS[kind]}**${owner === 'stripe' ? ', by Stripe' : ''}`,
  );
  return `${time}### Due\n${lines.join('\n')}`;
}
