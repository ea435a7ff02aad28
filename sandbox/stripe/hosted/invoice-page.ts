import { formatMoney } from '../protocol/money.ts';
import type { Invoice } from '../data/docs.ts';
import { authenticationForm, cardForm, html, page } from './html.ts';

/** An invoice to look at and, while it is open, to pay. */
export function invoicePage(invoice: Invoice, waitsForAuthentication: boolean, error?: string): string {
  const action = `/invoice/${invoice.id}`;
  const open = waitsForAuthentication
    ? authenticationForm(action)
    : cardForm({ action, submit: `Pay ${formatMoney(invoice.amount_remaining, invoice.currency)}`, error });
  const form = invoice.status === 'open' ? open : html`<h1>This invoice is ${invoice.status}.</h1>`;
  const lines = invoice.lines.data.map(
    ({ description, amount }) =>
      html`<div>
        <dt>${description}</dt>
        <dd>${formatMoney(amount, invoice.currency)}</dd>
      </div>`,
  );
  const summary = html`<h1>Invoice ${invoice.number}</h1>
    <p class="total">${formatMoney(invoice.amount_due, invoice.currency)}</p>
    <dl>
      ${lines}
      <div>
        <dt>Amount due</dt>
        <dd>${formatMoney(invoice.amount_remaining, invoice.currency)}</dd>
      </div>
    </dl>`;
  return page(
    'Invoice',
    html`<section class="plain">${summary}</section>
      <section>${form}</section>`,
  );
}
