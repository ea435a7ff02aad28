import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  answerAuthentication,
  completeSession,
  needsCard,
  submitCard,
  type CheckoutOutcome,
} from '../checkout/complete.ts';
import { answerInvoiceAuthentication, payInvoiceByCard, waitingIntent } from '../checkout/pay-invoice.ts';
import { recoverSession } from '../checkout/recover.ts';
import { accountHolding } from '../data/account-holding.ts';
import { Books } from '../data/books.ts';
import type { BooksContext } from '../data/context.ts';
import { inTransaction } from '../../sqlite.ts';
import type { CheckoutSession } from '../data/docs.ts';
import { ApiFault, invalidRequest } from '../protocol/fault.ts';
import { NOT_AUTHENTICATED, payIntent, refuseIntent } from '../payments/pay-intent.ts';
import { readCard } from '../payments/read-card.ts';
import type { CardInput } from '../shapes/catalog.ts';
import { checkoutPage, closedPage, safeLink } from './checkout-page.ts';
import { authenticationForm, html, page } from './html.ts';
import { invoicePage } from './invoice-page.ts';

export interface HostedInput {
  contextOf: (account: string) => BooksContext;
  onChange: () => void;
}

/** An answer to a browser. */
export interface HostedReply {
  status: number;
  body: string;
  location?: string;
}

/** The pages that people see: checkout and invoices. Plain forms, no script. */
export function hostedHandler(input: HostedInput) {
  return (request: IncomingMessage, response: ServerResponse, url: URL, body: string): void => {
    const [, what, id = ''] = /^\/(c\/pay|c\/recover|invoice|payment)\/([^/]+)$/.exec(url.pathname) ?? [];
    const form = request.method === 'POST' ? new URLSearchParams(body) : null;
    const reply = what ? answer(input, what, id, form) : notFound();
    response.writeHead(reply.status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'cache-control': 'no-store',
      ...(reply.location && { location: reply.location }),
    });
    response.end(reply.body);
    if (form) input.onChange();
  };
}

function notFound(): HostedReply {
  return { status: 404, body: page('Not found', html`<section><h1>There is nothing at this address.</h1></section>`) };
}

function answer({ contextOf }: HostedInput, what: string, id: string, form: URLSearchParams | null): HostedReply {
  const { database } = contextOf('');
  const account = accountHolding(database, id);
  if (account === undefined) return notFound();
  return inTransaction(database, () => {
    const books = new Books(contextOf(account));
    const { outcome, error } = tryOn(() => REPLIES[what]!(books, id, form));
    return outcome ?? { status: 409, body: page('Not now', html`<section><h1>${error}</h1></section>`) };
  });
}

const REPLIES: Record<string, (books: Books, id: string, form: URLSearchParams | null) => HostedReply> = {
  'c/pay': checkoutReply,
  'c/recover': recoveryReply,
  invoice: invoiceReply,
  payment: paymentReply,
};

/** The 3-D Secure step of a payment intent that belongs to no page. */
function paymentReply(books: Books, id: string, form: URLSearchParams | null): HostedReply {
  const intent = books.need('payment_intent', id);
  const waits = intent.status === 'requires_action' && intent.payment_method;
  const message = `This payment is ${intent.status.replaceAll('_', ' ')}.`;
  if (!waits) return { status: 200, body: page('Payment', html`<section><h1>${message}</h1></section>`) };
  if (!form)
    return { status: 200, body: page('Payment', html`<section>${authenticationForm(`/payment/${id}`)}</section>`) };
  const at = books.customerTime(intent.customer);
  const method = books.need('payment_method', waits);
  if (form.get('authenticate') === 'pass') {
    payIntent(books, intent, { method, authenticated: true, authenticationUrl: '' }, at);
  } else refuseIntent(books, intent, { error: NOT_AUTHENTICATED, charge: null }, at);
  return paymentReply(books, id, null);
}

function checkoutReply(books: Books, id: string, form: URLSearchParams | null): HostedReply {
  const session = books.need('checkout.session', id);
  if (session.status !== 'open') return { status: form ? 409 : 200, body: closedPage(session) };
  const at = books.customerTime(session.customer);
  if (!form) return { status: 200, body: checkoutPage(session, at) };
  const { outcome, error } = tryOn(() => submit(books, session, form, at));
  if (outcome?.kind === 'completed') return redirect(session);
  const typed = { name: form.get('name') ?? '', number: form.get('number') ?? '', email: form.get('email') ?? '' };
  const why = error ?? (outcome?.kind === 'declined' ? outcome.error.message : undefined);
  return { status: why ? 402 : 200, body: checkoutPage(books.need('checkout.session', id), at, why, typed) };
}

/** Whoever opens the link of an expired session goes on with a copy of it. */
function recoveryReply(books: Books, id: string): HostedReply {
  const session = books.need('checkout.session', id);
  const copy = recoverSession(books, session, books.customerTime(session.customer));
  return copy ? { status: 303, body: '', location: copy.url ?? '' } : { status: 410, body: closedPage(session) };
}

function submit(books: Books, session: CheckoutSession, form: URLSearchParams, at: number): CheckoutOutcome {
  const authenticated = form.get('authenticate');
  if (session._pendingMethod) return answerAuthentication(books, session, authenticated === 'pass');
  if (!needsCard(session)) return completeSession(books, session, null, 'at_once');
  return submitCard(books, session, {
    ...typedCard(form, at),
    email: form.get('email') ?? session.customer_details?.email,
  });
}

function redirect(session: CheckoutSession): HostedReply {
  const location = safeLink((session.success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', session.id));
  return { status: 303, body: '', location };
}

function invoiceReply(books: Books, id: string, form: URLSearchParams | null): HostedReply {
  const invoice = books.need('invoice', id);
  if (!form || invoice.status !== 'open')
    return { status: 200, body: invoicePage(invoice, Boolean(waitingIntent(books, invoice))) };
  const at = books.customerTime(invoice.customer);
  const { outcome, error } = tryOn(() =>
    waitingIntent(books, invoice)
      ? answerInvoiceAuthentication(books, invoice, form.get('authenticate') === 'pass')
      : payInvoiceByCard(books, invoice, typedCard(form, at)),
  );
  const why = error ?? (outcome && 'error' in outcome ? outcome.error.message : undefined);
  const after = books.need('invoice', id);
  return { status: why ? 402 : 200, body: invoicePage(after, Boolean(waitingIntent(books, after)), why) };
}

function typedCard(form: URLSearchParams, at: number): CardInput {
  const [, month, year] = /^\s*(\d{1,2})\s*[/-]?\s*(\d{2}|\d{4})\s*$/.exec(form.get('expiry') ?? '') ?? [];
  if (!month || !year) throw invalidRequest("Your card's expiration date is incomplete.");
  if (!/^\d{3,4}$/.test(form.get('cvc') ?? '')) throw invalidRequest("Your card's security code is incomplete.");
  const card = readCard({ number: form.get('number') ?? '', exp_month: Number(month), exp_year: Number(year) }, at);
  return { ...card, name: form.get('name') };
}

/** What was typed wrongly is said on the page, not answered as a fault. */
function tryOn<T>(work: () => T): { outcome?: T; error?: string } {
  try {
    return { outcome: work() };
  } catch (error) {
    if (error instanceof ApiFault) return { error: error.message };
    throw error;
  }
}
