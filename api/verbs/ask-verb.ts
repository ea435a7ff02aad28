import { v7 as uuid } from 'uuid';
import type { StripeGateway } from '../../activities/gateways/stripe.ts';
import { hasOpenCommand } from '../../db/inbox/accept-command.ts';
import type { Purchase } from '../../db/entities/purchase.ts';
import { findPurchase } from '../../db/purchase/purchases.ts';
import { dependentsOf } from '../../db/purchase/requirements.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import type { Actor, VerbName } from '../../workflows/domain/verb.ts';
import { preview } from '../../workflows/verbs/preview.ts';
import type { VerbContext } from '../../workflows/verbs/verb.ts';
import { notFound } from '../http/problem.ts';
import { refusalProblem } from '../http/refusal-problem.ts';
import type { AccountCall, Served } from '../http/route.ts';
import type { AskedBody, Preparing } from './asked-verb.ts';
import { askedVerb } from './index.ts';
import { acceptAndFollow, answerAgain } from '../inbox/accept.ts';
import { checkContent } from '../platform/check-content.ts';
import { earlyRefusal } from './early-refusal.ts';
import type { CommandDeps, Followed } from '../inbox/follow.ts';
import { previewAnswer } from './preview-answer.ts';
import { quoteOf } from './quote.ts';

export type VerbDeps = CommandDeps & { stripe: Preparing['stripe'] & Pick<StripeGateway, 'cancelQuote'> };
/**
 * Who asks matters only as the actor that is recorded: admins by their routes, customers by theirs
 * [R2.3].
 */
export type VerbCall = Omit<AccountCall<{ purchaseId: string }, unknown, AskedBody>, 'caller' | 'afterCommit'> & {
  caller: { actor: Actor };
  view?: Followed['view'];
};

/** A verb on a purchase over HTTP: previewed, refused early, or accepted and followed [R6]. */
export async function askVerb(verb: VerbName, call: VerbCall, deps: VerbDeps): Promise<Served> {
  const { account, em, keyed, requestId, view } = call;
  const purchase = await findPurchase(em, call.params.purchaseId);
  if (!purchase) throw notFound('purchase');
  const asking = { em, account, keyed, requestId, view };
  const again = await answerAgain(asking, deps);
  if (again) return again;
  const asked = await askedOf(verb, purchase, call, deps);
  if (call.body.dryRun) return previewed(asked, purchase, call, deps);
  // The workflow decides where something open may change the state, and what requires the purchase.
  const refusal = earlyRefusal(purchase.snapshot, asked, contextOf(call));
  if (refusal && !(await hasOpenCommand(em, purchase.id))) throw refusalProblem(refusal);
  await checkContent(em, asked, purchase);
  return acceptAndFollow(commandOf(asked, uuid(), purchase, call), asking, deps);
}

const contextOf = ({ now, caller, account }: VerbCall): VerbContext => ({
  now,
  actor: caller.actor,
  settings: account.settings,
});

type Asked = { verb: VerbName; input: unknown; planHash: string | null; expectedVersion: number | null };

async function askedOf(verb: VerbName, purchase: Purchase, call: VerbCall, deps: VerbDeps): Promise<Asked> {
  const { toInput, prepare } = askedVerb(verb);
  const { em, body } = call;
  const { planHash = null, expectedVersion = null } = body;
  const input = toInput(body);
  const around = { em, purchase, planHash, stripe: deps.stripe, ...contextOf(call) };
  return { verb, input: prepare ? await prepare(input, around) : input, planHash, expectedVersion };
}

async function previewed(asked: Asked, purchase: Purchase, call: VerbCall, deps: VerbDeps): Promise<Served> {
  const context = { ...contextOf(call), dependents: await dependentsOf(call.em, purchase.id) };
  const refusal = earlyRefusal(purchase.snapshot, asked, context);
  if (refusal) throw refusalProblem(refusal);
  const { verb, input } = asked;
  const shown = preview(verb, purchase.snapshot, input, context);
  const stripeAccount = await stripeAccountOf(call.em, purchase.id);
  const quote = await quoteOf({ verb, input }, purchase.snapshot, stripeAccount, deps.stripe);
  const served = await previewAnswer(call.em, shown, quote);
  return call.view ? call.view(served) : served;
}

function commandOf(asked: Asked, commandId: string, purchase: Purchase, call: VerbCall) {
  const { verb: name, ...rest } = asked;
  return {
    ...rest,
    name,
    commandId,
    accountId: call.account.id,
    purchaseId: purchase.id,
    actor: call.caller.actor,
    askedAt: call.now,
    reason: call.body.reason ?? null,
    feedback: call.body.feedback ?? null,
  };
}
