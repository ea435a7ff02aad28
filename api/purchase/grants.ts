import { v7 as uuid } from 'uuid';
import type { Scoped } from '../../db/account-scope.ts';
import type { z } from 'zod';
import { lockContact, lockContactById } from '../../db/people/contacts.ts';
import type { Contact } from '../../db/entities/contact.ts';
import { Offer } from '../../db/entities/offer.ts';
import { termsOf } from '../../db/catalog/terms-of.ts';
import { lockForAccount, type Holder } from '../../db/purchase/holder.ts';
import { claimRequest, type Claim } from '../../db/inbox/idempotency.ts';
import { follow, repeat, type CommandDeps } from '../inbox/follow.ts';
import { invalid, notFound, Problem } from '../http/problem.ts';
import { leavesCommand } from '../http/audit.ts';
import { defineRoute, type AccountCall, type Served } from '../http/route.ts';
import { keyReused } from '../http/serve.ts';
import { acceptGrant } from './accept-grant.ts';
import { accountNamed } from './for-account.ts';
import { obstacleProblem } from './obstacle-problem.ts';
import { doneSchema, pendingCommandSchema } from '../inbox/command-schema.ts';
import { newGrant } from '../people/contact-schema.ts';
import { PEOPLE } from '../auth/roles.ts';

type GrantCall = AccountCall<unknown, unknown, z.output<typeof newGrant>>;

/** Gives an offer without billing [R13.2]. */
export const grantRoutes = {
  create: defineRoute({
    method: 'post',
    path: '/v1/grants',
    tag: 'Grants',
    operationId: 'grantOffer',
    audit: leavesCommand('grant'),
    location: '/v1/commands/{id}',
    summary: 'Grant an offer to a contact, without billing',
    description: 'A new customer gets the confirmation and the member welcome, an existing one the confirmation only.',
    roles: PEOPLE,
    body: newGrant,
    example: { offerId: '018f2f6e-7d3a-7c4e-9d5b-1f2a3b4c5d6e', email: 'ada@example.com', name: 'Ada' },
    answers: { 200: doneSchema, 202: pendingCommandSchema },
    problems: [402, 404, 409],
    writes: 'own',
    handle: askGrant,
  }),
};

/** Grants once for its key, and waits for the outcome. */
export async function askGrant(call: GrantCall, deps: CommandDeps): Promise<Served> {
  const { em, account, keyed, requestId } = call;
  const ids = { purchaseId: uuid(), commandId: uuid() };
  const claim = await em.transactional(async (tx): Promise<Claim> => {
    const known: Claim = keyed ? await claimRequest(tx, keyed, ids.commandId) : { kind: 'new' };
    if (known.kind === 'new') await grant(tx, ids, call);
    return known;
  });
  if (claim.kind === 'reused') throw keyReused();
  if (claim.kind === 'known') return repeat(claim, { account, keyed, requestId }, deps);
  void deps.wakes.look(ids.purchaseId, { kind: 'grant', rowId: ids.commandId });
  return follow({ commandId: ids.commandId, account, keyed, requestId }, deps);
}

type Ids = { purchaseId: string; commandId: string };

async function grant(tx: Scoped, ids: Ids, call: GrantCall): Promise<void> {
  const { now, caller, body } = call;
  const offer = await tx.findOne(Offer, { id: body.offerId });
  if (!offer) throw notFound('offer');
  if (offer.archivedAt) throw new Problem(409, 'archived', { detail: 'This offer is archived.', field: 'offerId' });
  const { skipConfirmation, skipWelcome, reason = null } = body;
  const granted = { offer, holder: await receiver(tx, call), skipConfirmation, skipWelcome, reason };
  const obstacle = await acceptGrant(tx, { ...ids, ...granted, actor: caller.actor, now });
  if (obstacle) throw await obstacleProblem(tx, obstacle.kind, obstacle.purchase, termsOf(offer));
}

async function receiver(tx: Scoped, call: GrantCall): Promise<Holder> {
  const { now, account, body } = call;
  const named = await accountNamed({ ...call, em: tx }, body.forAccountId);
  const email = named?.ownerEmail ?? body.email;
  const person = { accountId: account.id, name: body.name ?? null, now };
  const contact = email === undefined ? await known(tx, body.contactId) : await lockContact(tx, { ...person, email });
  if (named) await lockForAccount(tx, named.forAccountId);
  return { contact, forAccountId: named?.forAccountId ?? null };
}

async function known(tx: Scoped, contactId: string | undefined): Promise<Contact> {
  const contact = contactId === undefined ? null : await lockContactById(tx, contactId);
  if (!contact) throw invalid('contactId', 'must be a contact of this account');
  return contact;
}
