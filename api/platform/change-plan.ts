import type { z } from 'zod';
import { findRequest } from '../../db/inbox/idempotency.ts';
import type { Offer } from '../../db/entities/offer.ts';
import type { Purchase } from '../../db/entities/purchase.ts';
import { enterPlatform, planFor, type AtPlatform } from '../../db/platform/for-account.ts';
import { planChanges, plansForSale } from '../../db/platform/upgrades.ts';
import { soldPerPeriod } from '../../workflows/domain/price.ts';
import type { VerbName } from '../../workflows/domain/verb.ts';
import { BILLING } from '../auth/roles.ts';
import { invalid, notFound } from '../http/problem.ts';
import { leavesCommand } from '../http/audit.ts';
import { defineRoute, type AccountCall, type Served } from '../http/route.ts';
import type { previewSchema } from '../inbox/command-schema.ts';
import type { CheckoutDeps } from '../purchase/check-out.ts';
import { acceptedSchema } from '../people/customer-verb-schema.ts';
import { askVerb, type VerbDeps } from '../verbs/ask-verb.ts';
import { buyOnPage } from './buy-on-page.ts';
import { toApiFollows } from './add-on-follows.ts';
import { hasNoPlan, toApiAccountPlan } from './account-plan.ts';
import { changeBody, planAnswer, type addOnFollows, undoBody } from './plan-schema.ts';

const path = '/v1/account/plan';
const common = {
  method: 'post',
  tag: 'Account',
  roles: BILLING,
  answers: { 200: planAnswer, 202: acceptedSchema },
  problems: [402, 404, 409],
  writes: 'own',
} as const;

type Body = { dryRun: boolean };
type PlanCall<B extends Body> = AccountCall<unknown, unknown, B>;

const change = defineRoute({
  ...common,
  path,
  operationId: 'changeAccountPlan',
  audit: { left: ['purchase.change-offer', 'checkout.begun'] },
  summary: "Change the account's plan: to more at once, to less with the end of the period",
  description:
    'The difference is charged at once. While more is used than the smaller plan has room for, it waits until an operator has confirmed what the account keeps; until then the plan that is goes on and is billed.',
  body: changeBody,
  example: { offerId: '0198c0de-0000-7000-8000-000000000009', dryRun: true },
  async handle(call: PlanCall<z.output<typeof changeBody>>, deps: VerbDeps & CheckoutDeps) {
    const { at, plan } = await ofAccount(call);
    if (!plan || hasNoPlan(plan)) return buyPlan(at, call, deps);
    const own = { at, plan };
    const { when, offer } = await chosenOf(call, own);
    const addOn = call.body.dryRun && offer ? await toApiFollows(own.at, { plan: own.plan, offer, when }) : null;
    const body = { ...call.body, when };
    return askOf('change-offer', own, { ...call, body, addOn }, deps);
  },
});

const undo = defineRoute({
  ...common,
  path: `${path}/undo-change`,
  operationId: 'undoChangeOfAccountPlan',
  audit: leavesCommand('undo-change-offer'),
  summary: 'Take back a change of the plan that is planned',
  body: undoBody,
  example: {},
  handle: async (call: PlanCall<z.output<typeof undoBody>>, deps: VerbDeps) =>
    askOf('undo-change-offer', await ownPlan(call), { ...call, addOn: null }, deps),
});

/** Its purchase begins when the platform's checkout is paid, as that of a new account does. */
async function buyPlan(at: AtPlatform, { body }: PlanCall<z.output<typeof changeBody>>, deps: CheckoutDeps) {
  const chosen = (await plansForSale(at.em)).find(({ offer }) => offer.id === body.offerId);
  if (!chosen) throw invalid('offerId', 'must be one of the plans', 'wrong_offer');
  const price = soldPerPeriod(chosen.offer.price);
  if (body.dryRun) {
    const money = [{ kind: 'charged_now' as const, ...price }];
    return { status: 200 as const, body: { status: 'preview' as const, planHash: null, money, addOn: null } };
  }
  return { status: 200 as const, body: await buyOnPage(at, { offer: chosen.offer, path: '/settings/plan' }, deps) };
}

type Own = { at: AtPlatform; plan: Purchase };

/** The plan is a purchase at the platform; the account's admins act on it there [R18.5]. */
async function ofAccount({ em }: PlanCall<Body>): Promise<{ at: AtPlatform; plan: Purchase | null }> {
  const at = await enterPlatform(em);
  if (!at) throw notFound('plan');
  return { at, plan: await planFor(at) };
}

async function ownPlan(call: PlanCall<Body>): Promise<Own> {
  const { at, plan } = await ofAccount(call);
  if (!plan) throw notFound('plan');
  return { at, plan };
}

type Chosen = { when: 'now' | 'period_end'; offer: Offer | null };

async function chosenOf(call: PlanCall<z.output<typeof changeBody>>, { at }: Own): Promise<Chosen> {
  const { offerId, when } = call.body;
  const chosen = (await planChanges(call.em, call.account.id)).find(({ offer }) => offer.id === offerId);
  if (!chosen) {
    // Sent again, it is that plan by now.
    if (keyAt(call, at) && (await findRequest(at.em, keyAt(call, at)!)) !== null)
      return { when: when ?? 'now', offer: null };
    throw invalid('offerId', 'must be one of the plans to which this one may be changed', 'wrong_offer');
  }
  if (when === 'now' && chosen.when === 'period_end')
    throw invalid('when', 'must be period_end, since this plan costs less');
  return { when: when ?? chosen.when, offer: chosen.offer };
}

/** The command is one of the platform's, and so is its key. */
const keyAt = ({ keyed }: PlanCall<Body>, { platform }: AtPlatform) => keyed && { ...keyed, accountId: platform.id };

type Asking = PlanCall<Body> & { addOn: z.input<typeof addOnFollows> | null };

async function askOf(verb: VerbName, { at, plan }: Own, { addOn, ...call }: Asking, deps: VerbDeps) {
  const asked = {
    ...call,
    em: at.em,
    account: at.platform,
    now: at.now,
    params: { purchaseId: plan.id },
    keyed: keyAt(call, at),
    view: (served: Served) => answered(served, call, addOn),
  };
  return askVerb(verb, asked, deps);
}

/** What the platform's own admins would be told, cut down to what is the account's. */
async function answered({ status, body, headers }: Served, call: PlanCall<Body>, addOn: Asking['addOn']) {
  if (status === 202) return { status, body: { status: 'pending' } };
  if (status >= 400) return { status, body, headers };
  const told = body as z.output<typeof previewSchema> | { status: 'applied' };
  if (told.status === 'preview')
    return { status, body: { status: 'preview', planHash: told.planHash, money: told.money, addOn } };
  return { status, body: { status: 'applied', plan: await toApiAccountPlan(call.em, call.now) }, headers };
}

export const changePlanRoutes = { change, undo };
