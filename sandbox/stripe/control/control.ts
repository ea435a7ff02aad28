import { given } from '../data/doc.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { payInvoiceAsPerson } from '../checkout/pay-invoice.ts';
import { settleLater } from '../checkout/pay-once.ts';
import { paySessionAsPerson } from '../checkout/person.ts';
import { accountHolding } from '../data/account-holding.ts';
import { Books, visible } from '../data/books.ts';
import type { BooksContext } from '../data/context.ts';
import { inTransaction } from '../../sqlite.ts';
import { accountOfKey } from '../data/ids.ts';
import { rollKey } from '../data/restricted-keys.ts';
import { makeKey } from './restricted-keys.ts';
import { ApiFault } from '../protocol/fault.ts';
import { closeDispute, disputeTime, escalateInquiry } from '../payments/disputes.ts';
import { openDispute } from '../payments/pay-intent.ts';
import { settleRefund } from '../payments/refunds.ts';
import { readSettings, writeSettings } from '../data/settings.ts';
import type { RequestLog } from '../data/request-log.ts';
import type { StagedFaults } from '../data/staged-faults.ts';

export interface ControlInput {
  contextOf: (account: string) => BooksContext;
  faults: StagedFaults;
  log: RequestLog;
  onChange: () => void;
  moveTime: (offsetSeconds: number) => void;
  now: () => number;
}

const person = z.strictObject({
  card: z.string().default('4242424242424242'),
  exp_month: z.number().int().optional(),
  exp_year: z.number().int().optional(),
  name: z.string().optional(),
  email: z.string().optional(),
  /** How the person answers 3-D Secure; absent: the answer is still to be given on the page. */
  authenticate: z.enum(['pass', 'fail']).optional(),
  /** The bank takes days to say that it is paid. */
  later: z.boolean().optional(),
});
const shared = { times: z.number().int().positive().optional(), account: z.string().optional() };
const fault = z.union([
  z.strictObject({
    kind: z.enum(['429', '500', 'hang', 'reset', 'reset_after']),
    method: z.string().optional(),
    path: z.string().optional(),
    ...shared,
  }),
  z.strictObject({
    kind: z.enum(['delay', 'repeat', 'reorder', 'drop']),
    types: z.array(z.string()).optional(),
    delayMs: z.number().optional(),
    ...shared,
  }),
]);
const settings = z.strictObject({
  account: z.string().optional(),
  afterRetries: z.enum(['cancel', 'unpaid', 'past_due']).optional(),
  retryDays: z.array(z.number().positive()).max(8).optional(),
  draftMinutes: z.number().int().min(0).optional(),
  refundSettleSeconds: z.number().int().min(0).optional(),
  eventsAtRealTime: z.boolean().optional(),
});
const dispute = z.strictObject({
  charge: z.string(),
  reason: z.string().default('fraudulent'),
  status: z.enum(['needs_response', 'warning_needs_response']).default('needs_response'),
});
const time = z.strictObject({
  offsetSeconds: z.number().int().optional(),
  advanceSeconds: z.number().int().positive().optional(),
});

interface Asked {
  id: string;
  body: unknown;
  url: URL;
  account: string | null;
}

type Control = (input: ControlInput, asked: Asked) => unknown;

/** Changes an object as the sandbox's own doing, in the account that holds it. */
function within<T>(input: ControlInput, id: string, work: (books: Books) => T): T {
  const { database } = input.contextOf('');
  const account = accountHolding(database, id);
  if (account === undefined)
    throw new ApiFault({ status: 404, type: 'invalid_request_error', message: `No such object: '${id}'` });
  return inTransaction(database, () => work(new Books(input.contextOf(account))));
}

function settle(as: 'succeeded' | 'failed'): Control {
  return (input, { id }) =>
    within(input, id, (books) => {
      const refund = books.need('refund', id);
      return visible(settleRefund(books, refund, books.customerTime(refund.customer), as));
    });
}

/** What the bank says of a payment that was under way. */
function settlePayment(as: 'succeeded' | 'failed'): Control {
  return (input, { id }) =>
    within(input, id, (books) => visible(settleLater(books, books.need('checkout.session', id), as)));
}

function decide(as: 'won' | 'lost'): Control {
  return (input, { id }) =>
    within(input, id, (books) => {
      const known = books.need('dispute', id);
      return visible(closeDispute(books, known, as, disputeTime(books, known)));
    });
}

const escalate: Control = (input, { id }) =>
  within(input, id, (books) => {
    const known = books.need('dispute', id);
    return visible(escalateInquiry(books, known, disputeTime(books, known)));
  });

const stageFault: Control = (input, { body }) => {
  const staged = fault.parse(body);
  if ('types' in staged || ['delay', 'repeat', 'reorder', 'drop'].includes(staged.kind))
    input.faults.webhooks.push(staged as never);
  else input.faults.requests.push(staged as never);
  return showFaults(input);
};

function showFaults({ faults }: ControlInput) {
  return { requests: faults.requests, webhooks: faults.webhooks };
}

const changeSettings: Control = (input, { body, account }) => {
  const { account: named, ...changes } = settings.parse(body);
  const of = named ?? account;
  if (!of)
    throw new ApiFault({
      status: 400,
      type: 'invalid_request_error',
      message: 'Name the account, or send its key as Authorization.',
    });
  return writeSettings(input.contextOf('').database, of, given(changes));
};

const listRequests: Control = ({ log }, { url }) => {
  const wanted = (name: string) => url.searchParams.get(name);
  const data = log.entries.filter(
    (entry) =>
      (!wanted('id') || entry.id === wanted('id')) &&
      (!wanted('account') || entry.account === wanted('account')) &&
      (!wanted('method') || entry.method === wanted('method')) &&
      (!wanted('path') || entry.path.startsWith(wanted('path')!)),
  );
  return { data };
};

const CONTROLS: [method: string, pattern: RegExp, run: Control][] = [
  ['POST', /^\/_sandbox\/faults$/, stageFault],
  ['GET', /^\/_sandbox\/faults$/, showFaults],
  ['DELETE', /^\/_sandbox\/faults$/, (input) => (input.faults.clear(), showFaults(input))],
  [
    'POST',
    /^\/_sandbox\/checkout\/([^/]+)\/pay$/,
    (input, { id, body }) => within(input, id, (books) => paySessionAsPerson(books, id, person.parse(body))),
  ],
  [
    'POST',
    /^\/_sandbox\/invoices\/([^/]+)\/pay$/,
    (input, { id, body }) => within(input, id, (books) => payInvoiceAsPerson(books, id, person.parse(body))),
  ],
  ['POST', /^\/_sandbox\/checkout\/([^/]+)\/succeed$/, settlePayment('succeeded')],
  ['POST', /^\/_sandbox\/checkout\/([^/]+)\/fail$/, settlePayment('failed')],
  ['POST', /^\/_sandbox\/refunds\/([^/]+)\/succeed$/, settle('succeeded')],
  ['POST', /^\/_sandbox\/refunds\/([^/]+)\/fail$/, settle('failed')],
  [
    'POST',
    /^\/_sandbox\/disputes$/,
    (input, { body }) => {
      const { charge: id, reason, status } = dispute.parse(body);
      return within(input, id, (books) => {
        const charge = books.need('charge', id);
        openDispute(books, charge, { reason, status }, books.customerTime(charge.customer));
        return visible(books.all('dispute', { charge: id }).at(-1)!);
      });
    },
  ],
  ['POST', /^\/_sandbox\/disputes\/([^/]+)\/escalate$/, escalate],
  ['POST', /^\/_sandbox\/disputes\/([^/]+)\/win$/, decide('won')],
  ['POST', /^\/_sandbox\/disputes\/([^/]+)\/lose$/, decide('lost')],
  ['POST', /^\/_sandbox\/restricted-keys$/, (input, { body }) => makeKey(input.contextOf('').database, body)],
  [
    'POST',
    /^\/_sandbox\/restricted-keys\/(\w+)\/roll$/,
    (input, { id }) => (rollKey(input.contextOf('').database, id), {}),
  ],
  ['GET', /^\/_sandbox\/requests$/, listRequests],
  ['DELETE', /^\/_sandbox\/requests$/, ({ log }) => ((log.entries = []), { data: [] })],
  ['POST', /^\/_sandbox\/settings$/, changeSettings],
  [
    'GET',
    /^\/_sandbox\/settings$/,
    (input, { account, url }) =>
      readSettings(input.contextOf('').database, url.searchParams.get('account') ?? account ?? ''),
  ],
  [
    'POST',
    /^\/_sandbox\/time$/,
    (input, { body }) => {
      const { offsetSeconds, advanceSeconds = 0 } = time.parse(body);
      const current = input.now() - Math.floor(Date.now() / 1000);
      input.moveTime((offsetSeconds ?? current) + advanceSeconds);
      return { now: input.now() };
    },
  ],
];

/** The JSON API with which tests and rehearsals steer the sandbox. Not part of Stripe. */
export function controlHandler(input: ControlInput) {
  return (request: IncomingMessage, response: ServerResponse, url: URL, body: string): void => {
    const found = CONTROLS.find(([method, pattern]) => method === request.method && pattern.test(url.pathname));
    if (!found)
      return reply(response, 404, { error: { message: `The sandbox has no ${request.method} ${url.pathname}` } });
    const [, pattern, run] = found;
    const key = /^Bearer (\w+)$/.exec(request.headers.authorization ?? '')?.[1];
    const asked = { id: pattern.exec(url.pathname)?.[1] ?? '', url, account: key ? accountOfKey(key) : null };
    try {
      const answer = run(input, { ...asked, body: body === '' ? {} : (JSON.parse(body) as unknown) });
      input.onChange();
      reply(response, 200, answer);
    } catch (error) {
      if (error instanceof ApiFault) reply(response, error.details.status, error.body());
      else if (error instanceof z.ZodError) reply(response, 400, { error: { message: z.prettifyError(error) } });
      else if (error instanceof SyntaxError) reply(response, 400, { error: { message: 'The body is not JSON.' } });
      else throw error;
    }
  };
}

function reply(response: ServerResponse, status: number, answer: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}
