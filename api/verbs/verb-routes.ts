import { VERB_NAMES, type VerbName } from '../../workflows/domain/verb.ts';
import { askVerb, type VerbCall, type VerbDeps } from './ask-verb.ts';
import type { Route } from '../http/route.ts';
import { pendingCommandSchema, verbAnswerSchema } from '../inbox/command-schema.ts';
import { idParams } from '../http/fields.ts';
import { askedVerb } from './index.ts';

/** The verbs of a purchase: one path, one body and one set of roles each [R6]. */
export const verbRoutes = (deps: VerbDeps): Route[] => VERB_NAMES.map((verb) => verbRoute(verb, deps));

function verbRoute(verb: VerbName, deps: VerbDeps): Route {
  const { operationId, summary, roles, body, example } = askedVerb(verb);
  return {
    method: 'post',
    path: `/v1/purchases/{purchaseId}/${verb}`,
    tag: 'Verbs',
    operationId,
    location: '/v1/commands/{id}',
    summary,
    scope: 'account',
    roles,
    params: idParams('purchaseId'),
    body,
    example,
    answers: { 200: verbAnswerSchema, 202: pendingCommandSchema },
    problems: [402, 409],
    writes: 'own',
    handle: (call: VerbCall) => askVerb(verb, call, deps),
  };
}
