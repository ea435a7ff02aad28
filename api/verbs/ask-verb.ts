import { v7 as uuid } from 'uuid';
import type { StripeGateway } from '../../activities/gateways/stripe.ts';
import { hasOpenCommand } from '../../db/inbox/accept-command.ts';
import type { Purchase } from '../../db/entities/purchase.ts';
import { findPurchase } from '../../db/purchase/purchases.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import type { Actor, VerbName } from '../../workflows/domain/verb.ts';
import { preview } from '../../workflows/verbs/preview.ts';
import type { VerbContext } from '../../workflows/verbs/verb.ts';
import { notFound } from '../http/problem.ts';
import { refusalProblem } from '../http/refusal-problem.ts';
import type { AccountCall, Served } from '../http/route.ts';
import type { AskedBody } from './asked-verb.ts';
import { askedVerb } from './index.ts';
import { acceptAndFollow, answerAgain } from '../inbox/accept.ts';
import { earlyRefusal } from './early-refusal.ts';
import type { CommandDeps, Followed } from '../inbox/follow.ts';
import { quoteOf } from './quote.ts';

export type VerbDeps = CommandDeps & { stripe: Pick<StripeGateway, 'cancelQuote'> };
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
  if (call.body.dryRun) return previewed(verb, purchase, call, deps);
  // What is still open may change the state: then the workflow decides at the command's turn.
  if (!(await hasOpenCommand(em, purchase.id))) refuseEarly(verb, purchase, call);
  return acceptAndFollow(commandOf(verb, uuid(), purchase, call), asking, deps);
}

const contextOf = ({ now, caller, account }: VerbCall): VerbContext => ({
  now,
  actor: caller.actor,
  settings: account.settings,
});

const askedOf = (verb: VerbName, { body }: VerbCall) => ({
  verb,
  input: askedVerb(verb).toInput(body),
  planHash: body.planHash ?? null,
  expectedVersion: body.expectedVersion ?? null,
});

function refuseEarly(verb: VerbName, purchase: Purchase, call: VerbCall): void {
  const refusal = earlyRefusal(purchase.snapshot, askedOf(verb, call), contextOf(call));
  if (refusal) throw refusalProblem(refusal);
}

async function previewed(verb: VerbName, purchase: Purchase, call: VerbCall, deps: VerbDeps): Promise<Served> {
  refuseEarly(verb, purchase, call);
  const { input } = askedOf(verb, call);
  const shown = preview(verb, purchase.snapshot, input, contextOf(call));
  const stripeAccount = await stripeAccountOf(call.em, purchase.id);
  const quote = await quoteOf({ verb, input }, purchase.snapshot, stripeAccount, deps.stripe);
  const served = { status: 200, body: { status: 'preview', ...shown, quote } };
  return call.view ? call.view(served) : served;
}

function commandOf(verb: VerbName, commandId: string, purchase: Purchase, call: VerbCall) {
  const { verb: name, ...asked } = askedOf(verb, call);
  return {
    ...asked,
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
