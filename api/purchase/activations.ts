import { z } from 'zod';
import { v7 as uuid } from 'uuid';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { fieldsOf } from '../../db/platform/audited-fields.ts';
import { activationToken, isActivationToken, offerOfToken } from '../../db/catalog/activation-token.ts';
import { termsOf } from '../../db/catalog/terms-of.ts';
import { nowOf } from '../../db/clock/account-clock.ts';
import { Offer } from '../../db/entities/offer.ts';
import { lockContact } from '../../db/people/contacts.ts';
import { enterByOffer } from '../../db/platform/enter.ts';
import type { SecretKey } from '../../db/signature.ts';
import { AUTOMATION } from '../../workflows/domain/verb.ts';
import { BILLING } from '../auth/roles.ts';
import { theOffer } from '../catalog/the-offer.ts';
import { email, givenId, id, idParams, instant } from '../http/fields.ts';
import { notFound, Problem } from '../http/problem.ts';
import { leavesCommand } from '../http/audit.ts';
import { definePublicRoute, defineRoute } from '../http/route.ts';
import { personName } from '../people/contact-schema.ts';
import { acceptGrant } from './accept-grant.ts';
import { obstacleProblem } from './obstacle-problem.ts';

type UrlDeps = { publicUrl: string; secretKey: SecretKey };
type GrantDeps = Pick<UrlDeps, 'secretKey'> & { wakes: Pick<Wakes, 'look'> };

export const activationSchema = z
  .strictObject({
    url: z.string().nullable().describe('Whoever has it may grant the offer; null: it is switched off.'),
    since: instant.nullable(),
  })
  .meta({ id: 'Activation', description: 'The address by which an outside system grants an offer.' });

const ofOffer = {
  path: '/v1/offers/{offerId}/activation',
  tag: 'Offers',
  params: idParams('offerId'),
  roles: BILLING,
  answers: { 200: activationSchema },
  isSecret: true,
} as const;

function toApi({ id: offerId, activationSince: since }: Offer, { publicUrl, secretKey: [current] }: UrlDeps) {
  if (since === null) return { url: null, since };
  const token = activationToken({ id: offerId, activationSince: since }, current);
  return { url: `${publicUrl}/v1/public/activations/${token}`, since };
}

const shows = fieldsOf(Offer);
const read = defineRoute({
  ...ofOffer,
  method: 'get',
  operationId: 'getActivation',
  summary: 'Read the address by which an outside system grants an offer',
  handle: async (call, deps: UrlDeps) => ({ status: 200, body: toApi(await theOffer(call), deps) }),
});

const change = defineRoute({
  ...ofOffer,
  method: 'put',
  operationId: 'setActivation',
  audit: { kind: 'offer.activation_changed', shows },
  summary: 'Let an outside system grant an offer by an address of its own, or no longer',
  description: 'Switched off and on again, it has another address, and the one before leads nowhere.',
  body: z.strictObject({ isOn: z.boolean() }),
  example: { isOn: true },
  async handle(call, deps: UrlDeps) {
    const offer = await theOffer(call);
    if (call.body.isOn !== (offer.activationSince !== null))
      offer.activationSince = call.body.isOn ? new Date().toISOString() : null;
    await call.em.flush();
    return { status: 200, body: toApi(offer, deps) };
  },
});

const activatedSchema = z
  .strictObject({
    status: z.enum(['granted', 'had_it']).describe('`had_it`: they have the offer already; nothing is sent.'),
    purchaseId: id,
    contactId: id,
  })
  .meta({ id: 'Activated' });

const activate = definePublicRoute({
  method: 'post',
  path: '/v1/public/activations/{activationToken}',
  tag: 'Public',
  operationId: 'activateOffer',
  audit: leavesCommand('grant'),
  summary: 'Grant an offer to somebody, by its activation address',
  description:
    'For systems outside that sold or gave it: the address itself is the permission. Repeated for the same person it changes nothing and mails nobody.',
  params: z.object({ activationToken: z.string().max(200) }),
  body: z.strictObject({
    email,
    name: personName.optional(),
    skipConfirmation: z.boolean().default(false),
    skipWelcome: z.boolean().default(false),
  }),
  example: { email: 'ada@example.com', name: 'Ada' },
  answers: { 200: activatedSchema },
  problems: [404, 409],
  writes: 'own',
  perMinute: 600,
  async handle({ unscoped, params: { activationToken: token }, body }, { secretKey, wakes }: GrantDeps) {
    const { em, account, offer } = await enterBy(unscoped, token, secretKey);
    const { email: address, name = null, ...skips } = body;
    const now = nowOf(account);
    const ids = { purchaseId: uuid(), commandId: uuid() };
    const granted = await em.transactional(async (tx) => {
      const contact = await lockContact(tx, { accountId: account.id, email: address, name, now });
      const by = { actor: AUTOMATION, reason: null, now };
      const obstacle = await acceptGrant(tx, {
        ...ids,
        ...skips,
        ...by,
        offer,
        holder: { contact, forAccountId: null },
      });
      if (obstacle === null) return { status: 'granted' as const, purchaseId: ids.purchaseId, contactId: contact.id };
      if (obstacle.kind !== 'already_live' || obstacle.purchaseId === null)
        throw await obstacleProblem(tx, obstacle.kind, obstacle.purchase, termsOf(offer));
      return { status: 'had_it' as const, purchaseId: obstacle.purchaseId, contactId: contact.id };
    });
    if (granted.status === 'granted')
      void wakes.look(ids.purchaseId, { kind: 'grant', rowId: ids.commandId }).catch(() => undefined);
    return { status: 200 as const, body: granted };
  },
});

/**
 * Nobody learns from an address that is not signed whether there is such an offer.
 * @throws Problem 404, 409
 */
async function enterBy(unscoped: Parameters<typeof enterByOffer>[0], token: string, keys: SecretKey) {
  const offerId = givenId.safeParse(offerOfToken(token));
  const entered = offerId.success ? await enterByOffer(unscoped, offerId.data) : null;
  const since = entered?.offer.activationSince ?? null;
  const isSigned =
    entered && since !== null && isActivationToken(token, { id: entered.offer.id, activationSince: since }, keys);
  if (!entered || !isSigned || entered.account.closedAt) throw notFound('activation address');
  if (entered.offer.archivedAt) throw new Problem(409, 'archived', { detail: 'This offer is archived.' });
  return entered;
}

export const activationRoutes = { read, change, activate };
