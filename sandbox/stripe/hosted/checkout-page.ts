import { needsCard } from '../checkout/complete.ts';
import { formatMoney } from '../protocol/money.ts';
import type { CheckoutSession, SessionLine } from '../data/docs.ts';
import { authenticationForm, cardForm, html, page, type Html } from './html.ts';

const DATE = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' });

/** Shown while a session is open. `error`: why the last try did not go through. */
export function checkoutPage(
  session: CheckoutSession,
  at: number,
  error?: string,
  typed?: { name?: string; number?: string; email?: string },
): string {
  const action = `/c/pay/${session.id}`;
  const submit = session.mode === 'setup' ? 'Save card' : session.mode === 'subscription' ? 'Subscribe' : 'Pay';
  const form = session._pendingMethod
    ? authenticationForm(action)
    : needsCard(session)
      ? cardForm({ action, submit, error, askEmail: !session.customer_details?.email, ...typed })
      : html`<form method="post" action="${action}"><button type="submit">${submit}</button></form>`;
  const back = session.cancel_url && html`<p><a href="${safeLink(session.cancel_url)}">← Back</a></p>`;
  return page(
    'Checkout',
    html`<section class="plain">${back}${summary(session, at)}</section>
      <section>${form}</section>`,
  );
}

function summary(session: CheckoutSession, at: number): Html {
  if (session.mode === 'setup') return html`<h1>Save a card for later payments</h1>`;
  const currency = session.currency ?? 'usd';
  const trialEnd = trialEndOf(session, at);
  const first = session._lines.find(({ price }) => price.recurring);
  const later = trialEnd && first && html`<p>Free until ${DATE.format(trialEnd * 1000)}, then ${rate(first)}.</p>`;
  const note = session.custom_text.submit && html`<p>${session.custom_text.submit.message}</p>`;
  return html`<h1>${first ? 'Subscribe' : 'Pay'}</h1>
    <p class="total">${formatMoney(session.amount_total ?? 0, currency)}</p>
    ${later} ${note}
    <dl>
      ${session._lines.map((line) => lineView(line, trialEnd !== null))}
      <div>
        <dt>Total today</dt>
        <dd>${formatMoney(session.amount_total ?? 0, currency)}</dd>
      </div>
    </dl>`;
}

function trialEndOf(session: CheckoutSession, at: number): number | null {
  const { trialEnd, trialDays } = session._subscriptionData;
  return trialEnd ?? (trialDays ? at + trialDays * 86_400 : null);
}

function rate({ price, amount_total }: SessionLine): string {
  const { interval, interval_count } = price.recurring!;
  return `${formatMoney(amount_total, price.currency)} every ${interval_count === 1 ? interval : `${interval_count} ${interval}s`}`;
}

function lineView(line: SessionLine, trial: boolean): Html {
  const note = line.price.recurring ? rate(line) : 'once';
  const now = line.price.recurring && trial ? 0 : line.amount_total;
  const name = line.quantity > 1 ? `${line.quantity} × ${line.description ?? ''}` : line.description;
  return html`<div>
    <dt>${name}<small>${note}</small></dt>
    <dd>${formatMoney(now, line.currency)}</dd>
  </div>`;
}

/** Only web addresses become links. */
export function safeLink(url: string): string {
  return /^https?:\/\//i.test(url) ? url : '#';
}

/** Shown for a session that is over. */
export function closedPage(session: CheckoutSession): string {
  const text =
    session.status === 'complete' ? 'This checkout is complete. Nothing more is to do.' : 'This checkout has expired.';
  return page('Checkout', html`<section><h1>${text}</h1></section>`);
}
