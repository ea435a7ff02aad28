import { contactRoutes } from '../../../people/contacts.ts';
import { creditRoutes } from '../../../credits/credits.ts';
import { commandRoutes } from '../../../inbox/commands.ts';
import { emailRoutes } from '../../../mail/emails.ts';
import type { DisputeRecord } from '../../../money/dispute-schema.ts';
import { disputeRoutes } from '../../../money/disputes.ts';
import { paymentRoutes } from '../../../money/payments.ts';
import { purchaseCardRoutes } from '../../../money/purchase-card.ts';
import { purchaseNoteRoutes } from '../../../purchase/purchase-notes.ts';
import { purchaseRoutes } from '../../../purchase/purchases.ts';
import type { z } from 'zod';
import type { commandSchema, previewSchema } from '../../../inbox/command-schema.ts';
import type { purchaseCardSchema, purchaseSchema } from '../../../purchase/purchase-schema.ts';
import type { timelineSchema } from '../../../purchase/timeline-schema.ts';
import { Problem } from '../../../http/problem.ts';
import type { PageCall } from '../../page.ts';
import type { Note } from '../../parts/notes.tsx';
import type { Credits } from '../credits/credits-section.tsx';

export type Purchase = z.output<typeof purchaseSchema>;
export type Timeline = z.output<typeof timelineSchema>;
export type Command = z.output<typeof commandSchema>;
export type Preview = z.output<typeof previewSchema>;
export type Card = z.output<typeof purchaseCardSchema>;
type Emails = z.output<(typeof emailRoutes)['list']['answers'][200]>;
export type Payments = z.output<(typeof paymentRoutes)['list']['answers'][200]>;
export type Reached = z.output<(typeof contactRoutes)['products']['answers'][200]>['data'];
export type ListedEmail = Emails['data'][number];

/**
 * All that the page of a purchase shows: `reached` = what the contact reaches through all of
 * theirs; `card` is null where Stripe cannot be reached.
 */
export type Everything = {
  purchase: Purchase;
  reached: Reached;
  payments: Payments;
  disputes: DisputeRecord[];
  timeline: Timeline;
  emails: Emails;
  card: Card | null;
  command: Command | null;
  credits: Credits;
  notes: Note[];
};

export const purchasePath = (purchaseId: string): string => `/purchases/${encodeURIComponent(purchaseId)}`;
const paramsOf = ({ params }: PageCall) => ({ purchaseId: params.purchaseId ?? '' });

export const readPurchase = (call: PageCall): Promise<Purchase> =>
  call.api.read(purchaseRoutes.read, { params: paramsOf(call) });

const TIMELINE_PAGE = '40';
const EMAILS = '20';
const PAYMENTS = '30';
const NOTES = '50';

export async function readEverything(call: PageCall): Promise<Everything> {
  const { api, query } = call;
  const purchase = await readPurchase(call);
  const page = { order: 'newest', limit: TIMELINE_PAGE, cursor: query.cursor } as const;
  const [reached, payments, disputes, timeline, emails, card, command, credits, notes] = await Promise.all([
    api.read(contactRoutes.products, { params: { contactId: purchase.contactId } }),
    api.read(paymentRoutes.list, { query: { purchaseId: purchase.id, limit: PAYMENTS } }),
    api.read(disputeRoutes.list, { query: { purchaseId: purchase.id, limit: PAYMENTS } }),
    api.read(purchaseRoutes.timeline, { params: paramsOf(call), query: page }),
    api.read(emailRoutes.list, { query: { purchaseId: purchase.id, limit: EMAILS } }),
    purchase.billing ? readCard(call) : null,
    readCommand(call, purchase),
    api.read(creditRoutes.read, { params: paramsOf(call) }),
    api.read(purchaseNoteRoutes.listNotes, { params: paramsOf(call), query: { limit: NOTES } }),
  ]);
  const { data } = disputes;
  const lists = { reached: reached.data, payments, disputes: data, timeline, emails, notes: notes.data };
  return { purchase, ...lists, card, command, credits };
}

const readCard = (call: PageCall): Promise<Card | null> =>
  orNull(503, call.api.read(purchaseCardRoutes.card, { params: paramsOf(call) }));

/** The command that the address names, if it is one of this purchase. */
async function readCommand({ api, query }: PageCall, { id }: Purchase): Promise<Command | null> {
  if (!query.command) return null;
  const command = await orNull(404, api.read(commandRoutes.read, { params: { commandId: query.command } }));
  return command?.purchaseId === id ? command : null;
}

async function orNull<Body>(status: number, answer: Promise<Body>): Promise<Body | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Problem && error.status === status) return null;
    throw error;
  }
}

/** Changes with anything on the page, and with the clock of a test account [R23.3]. */
export async function stateOf(call: PageCall): Promise<string> {
  const { revision, openCommands, emails } = await call.api.read(purchaseRoutes.revision, { params: paramsOf(call) });
  const account = call.visitor?.account;
  const clock = account?.mode === 'test' ? account.now : '';
  return [revision, openCommands, JSON.stringify(emails), clock].join(' ');
}
