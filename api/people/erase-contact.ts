import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import type { Scoped } from '../../db/account-scope.ts';
import type { Contact } from '../../db/entities/contact.ts';
import { Offer } from '../../db/entities/offer.ts';
import { countPersonal, type Personal } from '../../db/people/export-contact.ts';
import { beginErasure, erasureOf, runningOfContact, type RunningOfContact } from '../../db/people/erasures.ts';
import { mergedInto } from '../../db/people/merges.ts';
import { BILLING } from '../auth/roles.ts';
import { freeText, id, idParams } from '../http/fields.ts';
import { Problem, wrongState } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { wakeForAll } from '../jobs/wake-for-all.ts';
import { contactInFull } from './contact-schema.ts';
import { toApiContactInFull } from './contact-view.ts';
import { lockedContact } from './the-contact.ts';

const erasurePreview = z
  .strictObject({
    status: z.literal('preview'),
    live: z
      .array(z.strictObject({ purchaseId: id, offer: z.string() }))
      .describe('Purchases that are billed on: they are canceled at once, without money back.'),
    calls: z.int().describe('Booked calls of other purchases, which are canceled.'),
    seats: z.int(),
    goes: z
      .strictObject({
        emails: z.int().describe('Whose words are taken away; that they were sent stays.'),
        consents: z.int(),
        notes: z.int(),
        texts: z.int().describe('Reasons and feedback that were typed about their purchases.'),
        events: z.int().describe('Bodies of Stripe’s events.'),
        customersAtStripe: z.int().describe('Deleted at Stripe.'),
      })
      .describe('What goes, beside the address, name, password and sessions.'),
    stays: z
      .strictObject({
        purchases: z.int(),
        payments: z.int(),
        refunds: z.int(),
        customersOutOfReach: z
          .int()
          .describe('In Stripe accounts that are not connected any more: they are deleted there by hand.'),
      })
      .describe('What stays, without the person.'),
  })
  .meta({ id: 'ErasurePreview' });
export type ErasurePreview = z.output<typeof erasurePreview>;

const erase = defineRoute({
  method: 'post',
  path: '/v1/contacts/{contactId}/erase',
  tag: 'Contacts',
  operationId: 'eraseContact',
  audit: { kind: 'contact.erased' },
  summary: 'Erase a person: everything that says who they are, and what runs before that',
  description:
    'While something of theirs is billed on this is refused, unless `cancelSubscriptions` says to cancel that first, at Stripe too. The rest goes once that has ended, within a minute as a rule: `erasure` of the contact says how far it is. What was paid stays, without the person. Copies at the mail provider, and what Stripe keeps of payments by law, are not ours to delete.',
  roles: BILLING,
  params: idParams('contactId'),
  body: z.strictObject({
    cancelSubscriptions: z.boolean().optional(),
    reason: freeText.nullable().optional().describe('Kept with the job: do not name the person.'),
    dryRun: z.boolean().optional(),
  }),
  example: { cancelSubscriptions: true, dryRun: true },
  answers: { 200: erasurePreview, 202: contactInFull },
  problems: [409],
  async handle(call, deps: { wakes: Pick<Wakes, 'wake'> }) {
    const { em, account, caller, now, body } = call;
    const contact = await lockedContact(call);
    await checkNotYet(em, contact);
    const running = await runningOfContact(em, contact.id, now);
    if (body.dryRun) return { status: 200 as const, body: await toPreview(em, contact, running) };
    if (running.live.length > 0 && !body.cancelSubscriptions) throw hasLiveBilling(running);
    const whose = { accountId: account.id, contactId: contact.id };
    const asked = { ...whose, actor: caller.actor, reason: body.reason ?? null, now };
    const { commands } = await beginErasure(em, asked, running);
    call.afterCommit(() => wakeForAll(commands, deps.wakes));
    return { status: 202 as const, body: await toApiContactInFull(em, contact) };
  },
});

/** @throws Problem 409 */
async function checkNotYet(em: Scoped, { id: contactId }: Contact): Promise<void> {
  const merges = await mergedInto(em, contactId);
  if (merges.some(({ endedAt }) => endedAt === null))
    throw wrongState('Another contact is being merged into this one.');
  const erasure = await erasureOf(em, contactId);
  if (erasure?.state === 'canceling') throw wrongState('This person is being erased already.');
}

const hasLiveBilling = ({ live }: RunningOfContact): Problem =>
  new Problem(409, 'live_billing', {
    detail: 'Something of theirs is billed on. Say cancelSubscriptions: true to cancel it first.',
    field: 'cancelSubscriptions',
    purchaseIds: live.map(({ id: purchaseId }) => purchaseId),
  });

async function toPreview(
  em: Scoped,
  { id: contactId }: Contact,
  { live, calls, seats }: RunningOfContact,
): Promise<z.input<typeof erasurePreview>> {
  const offers = await em.find(Offer, { id: { $in: live.map(({ offerId }) => offerId) } });
  const names = new Map(offers.map((offer) => [offer.id, offer.name]));
  const { emails, consents, notes, texts, events, customersAtStripe, ...stays }: Personal = await countPersonal(
    em,
    contactId,
  );
  return {
    status: 'preview',
    live: live.map(({ id: purchaseId, offerId }) => ({ purchaseId, offer: names.get(offerId) ?? '' })),
    calls: calls.length,
    seats: seats.length,
    goes: { emails, consents, notes, texts, events, customersAtStripe },
    stays,
  };
}

export const eraseContactRoutes = { erase };
