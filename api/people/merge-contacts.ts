import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import type { Scoped } from '../../db/account-scope.ts';
import type { Contact } from '../../db/entities/contact.ts';
import { erasureOf } from '../../db/people/erasures.ts';
import { countOfMerge, inTheWayOf, type Counted } from '../../db/people/merge-preview.ts';
import { beginMerge, lockPair, type Pair } from '../../db/people/merges.ts';
import type { RivalOf } from '../../db/purchase/rivals.ts';
import {
  decideMarketing,
  MARKETING_STATUSES,
  UNSUBSCRIBED_REASONS,
  type Marketing,
} from '../../workflows/domain/marketing.ts';
import { digest } from '../../workflows/verbs/digest.ts';
import { BILLING } from '../auth/roles.ts';
import { freeText, givenId, id, idParams } from '../http/fields.ts';
import { invalid, notFound, Problem, wrongState } from '../http/problem.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';
import { wakeForAll } from '../jobs/wake-for-all.ts';
import { contactInFull } from './contact-schema.ts';
import { toApiContactInFull } from './contact-view.ts';
import { hasBeenMerged } from './the-contact.ts';

const RIVAL_KINDS = ['already_live', 'group_taken', 'already_booked'] as const;
const many = z.int();

const mergePreview = z
  .strictObject({
    status: z.literal('preview'),
    planHash: z.string().describe('Said with the merge, it is refused once it would do something else.'),
    moves: z
      .strictObject({
        purchases: many,
        payments: many,
        emails: many,
        consents: many,
        notes: many,
        tags: many,
        checkouts: many,
        credits: many,
        calls: many,
        seats: many,
        activities: many,
        progress: many,
        customersAtStripe: many.describe('Each purchase is charged where it was sold.'),
      })
      .describe('How much becomes the other’s.'),
    becomes: z
      .strictObject({
        name: z.string().nullable(),
        marketingStatus: z.enum(MARKETING_STATUSES),
        unsubscribedReason: z.enum(UNSUBSCRIBED_REASONS).nullable(),
        filledFields: many.describe('Own fields that the one that stays has not, and the other has.'),
      })
      .describe('What the one that stays then says.'),
    ends: z
      .strictObject({
        sessions: many,
        openCheckouts: many.describe('Which they could still pay: they begin anew.'),
        password: z.boolean().describe('Of the one that goes.'),
        unprovenPassword: z
          .boolean()
          .describe('Of the one that stays, since nobody has proved yet to read the mail of its address.'),
      })
      .describe('What ends, with all login links of the one that goes.'),
    conflicts: z
      .array(z.strictObject({ kind: z.enum(RIVAL_KINDS), purchaseId: id, otherPurchaseId: id }))
      .describe('What both have and one person has once: while there is one of these, a merge is 409 with its kind.'),
  })
  .meta({ id: 'MergePreview' });
export type MergePreview = z.output<typeof mergePreview>;

const merge = defineRoute({
  method: 'post',
  path: '/v1/contacts/{contactId}/merge',
  tag: 'Contacts',
  operationId: 'mergeContact',
  audit: { kind: 'contact.merged', says: ['intoContactId'] },
  summary: 'Merge a contact into another one, which then has all that both had',
  description:
    'From the answer on the address and the id of the one that goes lead to the one that stays; its purchases and all the rest follow within a minute as a rule, once what is under way of them has ended: `merge` of the contact says how far it is. Where a purchase cannot go, the others come back (`refused`), and it may be asked for anew.',
  roles: BILLING,
  params: idParams('contactId'),
  body: z.strictObject({
    intoContactId: givenId.describe('The one that stays.'),
    reason: freeText.nullable().optional().describe('Kept with the job: do not name the person.'),
    planHash: z.string().max(100).nullable().optional(),
    dryRun: z.boolean().optional(),
  }),
  example: { intoContactId: '018f2f6e-7d3a-7c4e-9d5b-1f2a3b4c5d6e', dryRun: true },
  answers: { 200: mergePreview, 202: contactInFull },
  problems: [409],
  async handle(call, deps: { wakes: Pick<Wakes, 'wake'> }) {
    const { em, caller, now, body } = call;
    const pair = await thePair(call);
    const conflicts = await checkPair(em, pair);
    const preview = await toPreview(em, pair, conflicts);
    if (body.dryRun) return { status: 200 as const, body: preview };
    if (conflicts[0]) throw conflictProblem(conflicts[0].kind, conflicts);
    if (body.planHash != null && body.planHash !== preview.planHash) throw stale();
    const asked = { ...pair, actor: caller.actor, reason: body.reason ?? null, now };
    const { commands } = await beginMerge(em, asked);
    call.afterCommit(() => wakeForAll(commands, deps.wakes));
    return { status: 202 as const, body: await toApiContactInFull(em, pair.goes) };
  },
});

type Call = AccountCall<{ contactId: string }, unknown, { intoContactId: string }>;

/** @throws Problem 404, 422 */
async function thePair({ em, params: { contactId }, body: { intoContactId } }: Call): Promise<Pair> {
  if (contactId === intoContactId) throw invalid('intoContactId', 'must be another contact');
  const pair = await lockPair(em, contactId, intoContactId);
  if (pair) return pair;
  if ((await lockPair(em, contactId, contactId)) === null) throw notFound('contact');
  throw invalid('intoContactId', 'must be a contact of this account');
}

/** What both have that a person has once. @throws Problem 409 */
async function checkPair(em: Scoped, { goes, stays }: Pair): Promise<RivalOf[]> {
  for (const contact of [goes, stays]) await checkOne(em, contact);
  if (goes.isTest !== stays.isTest)
    throw new Problem(409, 'test_customer', { detail: 'One of the two is a test customer, and the other is real.' });
  const { rivals, holdsForAccount, isMergedInto } = await inTheWayOf(em, goes.id, stays.id);
  if (isMergedInto)
    throw wrongState('Another contact is being merged into the one that goes: wait until that is done.');
  if (holdsForAccount)
    throw new Problem(409, 'owns_account', {
      detail: 'What they bought for an account follows its owner: make somebody else the owner first.',
    });
  return rivals;
}

async function checkOne(em: Scoped, contact: Contact): Promise<void> {
  if (contact.mergedInto !== null) throw hasBeenMerged(contact.mergedInto);
  if (contact.erasedAt !== null) throw wrongState('One of the two has been erased already.');
  const erasure = await erasureOf(em, contact.id);
  if (erasure?.state === 'canceling') throw wrongState('One of the two is being erased.');
}

const CONFLICTS: Record<(typeof RIVAL_KINDS)[number], string> = {
  already_live: 'Both have the same offer, and both are live: end one of them first.',
  group_taken: 'Both have an offer of one group, and both are live: end one of them first.',
  already_booked: 'Both have a seat in the same office hours: cancel one of them first.',
};

const conflictProblem = (kind: (typeof RIVAL_KINDS)[number], conflicts: RivalOf[]): Problem =>
  new Problem(409, kind, {
    detail: CONFLICTS[kind],
    purchaseIds: conflicts.filter((one) => one.kind === kind).flatMap((one) => [one.of, one.purchaseId]),
  });

const stale = (): Problem =>
  new Problem(409, 'preview_stale', {
    detail: 'What this would do has changed since the preview; look at a new one.',
  });

async function toPreview(em: Scoped, { goes, stays }: Pair, rivals: RivalOf[]): Promise<z.input<typeof mergePreview>> {
  const unprovenPassword = stays.passwordHash !== null && stays.addressProvenAt === null;
  const whose = { staysId: stays.id, endsOwn: unprovenPassword };
  const { sessions, openCheckouts, ...moves }: Counted = await countOfMerge(em, goes.id, whose);
  const { status, reason } = marketingOf(goes, stays);
  const becomes = {
    name: stays.name ?? goes.name,
    marketingStatus: status,
    unsubscribedReason: reason,
    filledFields: Object.keys(goes.fields).filter((key) => !(key in stays.fields)).length,
  };
  const password = goes.passwordHash !== null;
  const ends = { sessions, openCheckouts, password, unprovenPassword };
  const conflicts = rivals.map(({ kind, of: purchaseId, purchaseId: otherPurchaseId }) => {
    return { kind, purchaseId, otherPurchaseId };
  });
  // What arrives all the time does not make it another one.
  const { purchases, payments } = moves;
  const planHash = digest(
    JSON.stringify([goes.id, stays.id, purchases, payments, becomes, unprovenPassword, conflicts]),
  );
  return { status: 'preview', planHash, moves, becomes, ends, conflicts };
}

function marketingOf(goes: Contact, stays: Contact): Marketing {
  const now = { status: stays.marketingStatus, reason: stays.unsubscribedReason };
  const change = { kind: 'merged', goes: { status: goes.marketingStatus, reason: goes.unsubscribedReason } } as const;
  const decision = decideMarketing(now, change);
  return decision.kind === 'decided' ? decision.marketing : now;
}

export const mergeContactRoutes = { merge };
