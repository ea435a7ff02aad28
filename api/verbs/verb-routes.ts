import type { z } from 'zod';
import { VERB_NAMES, type VerbName } from '../../workflows/domain/verb.ts';
import { askVerb, type VerbCall, type VerbDeps } from './ask-verb.ts';
import type { Route } from '../http/route.ts';
import { pendingCommandSchema, verbAnswerSchema } from '../inbox/command-schema.ts';
import { idParams } from '../http/fields.ts';
import { VERB_BODIES, VERB_EXAMPLES } from './verb-bodies.ts';
import { VERB_ROLES } from '../auth/roles.ts';

const OPERATION_IDS: Record<VerbName, string> = {
  pause: 'pausePurchase',
  resume: 'resumePurchase',
  'change-resume-date': 'changeResumeDate',
  cancel: 'cancelPurchase',
  'undo-cancel': 'undoCancelPurchase',
  revoke: 'revokePurchase',
  restore: 'restorePurchase',
  refund: 'refundPurchase',
  'money-back': 'giveMoneyBack',
  'retry-payment': 'retryPayment',
  'access-start': 'moveAccessStart',
};

const SUMMARIES: Record<VerbName, string> = {
  pause: 'Suspend future payments, until a date or until resumed',
  resume: 'Let payments go on at the next regular date',
  'change-resume-date': 'Move or clear the date at which a pause ends by itself',
  cancel: "End billing and access: now, at the period's end, or on a date",
  'undo-cancel': 'Take a pending cancellation back',
  revoke: 'Block access to some or all products at once; billing goes on',
  restore: 'Lift the revoked block',
  refund: 'Give a payment back, in full or in part',
  'money-back': 'Refund every payment of the refund window, cancel and end access',
  'retry-payment': 'Try an overdue payment now',
  'access-start': 'Move the start of access',
};

/** The eleven verbs of a purchase: one path, one body and one set of roles each [R6]. */
export const verbRoutes = (deps: VerbDeps): Route[] => VERB_NAMES.map((verb) => verbRoute(verb, deps));

function verbRoute(verb: VerbName, deps: VerbDeps): Route {
  const body: z.ZodType = VERB_BODIES[verb];
  return {
    method: 'post',
    path: `/v1/purchases/{purchaseId}/${verb}`,
    tag: 'Verbs',
    operationId: OPERATION_IDS[verb],
    location: '/v1/commands/{id}',
    summary: SUMMARIES[verb],
    scope: 'account',
    roles: VERB_ROLES[verb],
    params: idParams('purchaseId'),
    body,
    example: VERB_EXAMPLES[verb],
    answers: { 200: verbAnswerSchema, 202: pendingCommandSchema },
    problems: [402, 409],
    writes: 'own',
    handle: (call: VerbCall) => askVerb(verb, call, deps),
  };
}
