import { z } from 'zod';
import { accountIdOf, type Scoped } from '../../db/account-scope.ts';
import { nowOf } from '../../db/clock/account-clock.ts';
import { actorEmails } from '../../db/people/actor-emails.ts';
import { comingChange } from '../../db/platform/coming-change.ts';
import { enterAsOperator } from '../../db/platform/enter.ts';
import type { KeptContent } from '../../db/entities/kept-content.ts';
import {
  confirmKept,
  contentOver,
  listKept,
  missingContent,
  type ContentOver,
} from '../../db/platform/kept-content.ts';
import { BILLING, EVERYBODY } from '../auth/roles.ts';
import { idParams, instant } from '../http/fields.ts';
import { invalid, notFound, Problem, wrongState } from '../http/problem.ts';
import { definePlatformRoute, defineRoute, type PlatformCall } from '../http/route.ts';
import { actorSchema } from '../purchase/purchase-schema.ts';
import { toApiActor } from '../purchase/purchase-view.ts';
import type { VerbDeps } from '../verbs/ask-verb.ts';
import { askHeldChange } from './held-change.ts';

const tag = 'Account';
const path = '/v1/account/kept-content';

const STATES = ['fits', 'unlisted', 'too_much', 'unconfirmed', 'confirmed'] as const;
const excessSchema = z.strictObject({ quota: z.string(), limit: z.int(), used: z.int() });
const itemSchema = z.strictObject({ kind: z.string(), id: z.string() });

export const keptSchema = z
  .strictObject({
    state: z
      .enum(STATES)
      .describe('`fits`: nothing is too much. `too_much`: the list keeps more than there will be room for.'),
    excess: z.array(excessSchema).describe('What the plan that is coming has no room for, else the one that is.'),
    items: z.array(itemSchema),
    listedAt: instant.nullable(),
    listedBy: actorSchema.nullable(),
    confirmedAt: instant.nullable(),
    confirmedBy: actorSchema.nullable(),
    usedAt: instant.nullable().describe('When what is not on the list was archived. A list counts once.'),
  })
  .meta({ id: 'KeptContent' });

async function toApiKept(em: Scoped): Promise<z.input<typeof keptSchema>> {
  const accountId = accountIdOf(em);
  const { excess, state, kept } = await contentOver(em, accountId, await comingChange(em, accountId));
  const { listedBy = null, confirmedBy = null } = kept ?? {};
  const emails = await actorEmails(
    em,
    [listedBy, confirmedBy].filter((actor) => actor !== null),
  );
  return {
    state,
    excess,
    items: kept?.items ?? [],
    listedAt: kept?.listedAt ?? null,
    listedBy: listedBy && toApiActor(listedBy, emails),
    confirmedAt: kept?.confirmedAt ?? null,
    confirmedBy: confirmedBy && toApiActor(confirmedBy, emails),
    usedAt: kept?.usedAt ?? null,
  };
}

const read = defineRoute({
  method: 'get',
  path,
  tag,
  operationId: 'getKeptContent',
  summary: 'Read what the account keeps when its plan has less room',
  roles: EVERYBODY,
  answers: { 200: keptSchema },
  handle: async ({ em }) => ({ status: 200, body: await toApiKept(em) }),
});

const givenItem = z.strictObject({ kind: z.string().max(40), id: z.string().max(100) });

const list = defineRoute({
  method: 'put',
  path,
  tag,
  operationId: 'listKeptContent',
  audit: { kind: 'account.kept_content_listed', says: ['items'] },
  summary: 'List what the account wishes to keep when its plan has less room',
  description:
    'Of each kind that is too much, the rest is archived, and comes back once there is room. An operator confirms the list.',
  roles: BILLING,
  body: z.strictObject({ items: z.array(givenItem).max(2_000) }),
  example: { items: [{ kind: 'product', id: '018f2f6e-7d3a-7c4e-9d5b-1f2a3b4c5d6e' }] },
  answers: { 200: keptSchema },
  async handle({ em, account, now, caller, body: { items } }) {
    const [missing] = await missingContent(em, account.id, items);
    if (missing) throw invalid(`items.${items.indexOf(missing)}`, 'must name content that is there');
    await listKept(em, { accountId: account.id, items, by: caller.actor, at: now });
    return { status: 200, body: await toApiKept(em) };
  },
});

const confirmBody = z.strictObject({
  listedAt: z.string().optional().describe('The list that was looked at: another is 409.'),
});
type ConfirmBody = z.output<typeof confirmBody>;

const confirm = definePlatformRoute({
  method: 'post',
  path: '/v1/operator/accounts/{accountId}/kept-content/confirmation',
  tag: 'Operators',
  operationId: 'confirmKeptContent',
  audit: { left: ['account.kept_content_confirmed'] },
  summary: 'Confirm what an account has listed to keep',
  description: 'What has no room already is archived at once; else when the plan has less room.',
  params: idParams('accountId'),
  body: confirmBody,
  example: {},
  answers: { 200: keptSchema },
  problems: [409],
  // Sent again, it confirms the same list, and asks once more for what waits for it.
  writes: 'own',
  async handle(call: PlatformCall<{ accountId: string }, unknown, ConfirmBody>, deps: VerbDeps) {
    const {
      unscoped,
      params: { accountId },
      caller,
      body,
    } = call;
    const entered = await enterAsOperator(unscoped, accountId);
    if (!entered) throw notFound('account');
    const { em, account } = entered;
    const over = await contentOver(em, accountId, await comingChange(em, accountId));
    const kept = listOf(over);
    if (body.listedAt !== undefined && body.listedAt !== kept.listedAt)
      throw new Problem(409, 'state_moved', { detail: 'The account has made another list meanwhile.' });
    checkRoom(over);
    await em.transactional((tx) => confirmKept(tx, kept, caller.actor, nowOf(account)));
    await askHeldChange(em, call, deps);
    return { status: 200, body: await toApiKept(em) };
  },
});

/** @throws Problem 409 where there is none that was not used yet */
function listOf({ kept }: ContentOver): KeptContent {
  if (!kept || kept.usedAt) throw wrongState('The account has listed nothing to keep.');
  return kept;
}

/** @throws Problem 409 */
function checkRoom({ state }: ContentOver): void {
  if (state === 'too_much') throw wrongState('The list keeps more than there will be room for.');
}

/** The account's list, which an operator may confirm as it is. @throws Problem 409 */
export function listToConfirm(over: ContentOver): KeptContent {
  const kept = listOf(over);
  checkRoom(over);
  return kept;
}

export const keptContentRoutes = { read, list, confirm };
