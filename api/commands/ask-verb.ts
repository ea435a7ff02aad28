import { v7 as uuid } from 'uuid';
import type { StripeGateway } from '../../activities/gateways/stripe.ts';
import { acceptCommandOnce, hasOpenCommand } from '../../db/accept-command.ts';
import type { Purchase } from '../../db/entities/purchase.ts';
import { findRequest } from '../../db/idempotency.ts';
import { findPurchase } from '../../db/queries/purchases.ts';
import { stripeAccountOf } from '../../db/stripe-account.ts';
import type { Actor, VerbName } from '../../workflows/domain/verb.ts';
import { preview } from '../../workflows/verbs/preview.ts';
import type { VerbContext } from '../../workflows/verbs/verb.ts';
import { notFound } from '../http/problem.ts';
import { refusalProblem } from '../http/refusal-problem.ts';
import type { AccountCall } from '../http/route.ts';
import { keyReused, type Served } from '../http/serve.ts';
import { inputOf, type AskedBody } from '../schemas/verb-bodies.ts';
import { earlyRefusal } from './early-refusal.ts';
import { follow, repeat, type CommandDeps, type Followed } from './follow.ts';
import { quoteOf } from './quote.ts';

export type VerbDeps = CommandDeps & { stripe: Pick<StripeGateway, 'cancelQuote'> };
/** Who asks matters only as the actor that is recorded: admins by their routes, customers by theirs [R2.3]. */
export type VerbCall = Omit<AccountCall<{ purchaseId: string }, unknown, AskedBody>, 'caller' | 'afterCommit'> & {
  caller: { actor: Actor };
  view?: Followed['view'];
};

/** A verb on a purchase over HTTP: previewed, refused early, or accepted and followed [R6]. */
export async function askVerb(verb: VerbName, call: VerbCall, deps: VerbDeps): Promise<Served> {
  const { account, em, keyed, requestId, view } = call;
  const purchase = await findPurchase(em, account.id, call.params.purchaseId);
  if (!purchase) throw notFound('purchase');
  const known = keyed && (await findRequest(em, keyed));
  if (known?.kind === 'reused') throw keyReused();
  if (known?.kind === 'known') return repeat(known, { account, keyed, requestId, view }, deps);
  if (call.body.dryRun) return previewed(verb, purchase, call, deps);
  // What is still open may change the state: then the workflow decides at the command's turn.
  if (!(await hasOpenCommand(em, purchase.id))) refuseEarly(verb, purchase, call);
  const commandId = uuid();
  const claim = await acceptCommandOnce(em, commandOf(verb, commandId, purchase, call), keyed);
  if (claim.kind === 'reused') throw keyReused();
  if (claim.kind === 'known') return repeat(claim, { account, keyed, requestId, view }, deps);
  void deps.poker.look(purchase.id, { kind: verb, rowId: commandId });
  return follow({ commandId, account, keyed, requestId, view }, deps);
}

const contextOf = ({ now, caller, account }: VerbCall): VerbContext => ({
  now,
  actor: caller.actor,
  settings: account.settings,
});

const askedOf = (verb: VerbName, { body }: VerbCall) => ({
  verb,
  input: inputOf(verb, body),
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
