import { VERB_NAMES, type VerbName } from '../../workflows/domain/verb.ts';
import { askVerb, type VerbCall, type VerbDeps } from './ask-verb.ts';
import { leavesCommand } from '../http/audit.ts';
import { defineRoute } from '../http/route.ts';
import { pendingCommandSchema, verbAnswerSchema } from '../inbox/command-schema.ts';
import { idParams } from '../http/fields.ts';
import { askedVerb } from './index.ts';

/** One path, one body and one set of roles for each verb [R6]. */
const verbRoute = (verb: VerbName) => {
  const { operationId, summary, roles, body, example } = askedVerb(verb);
  return defineRoute({
    method: 'post',
    path: `/v1/purchases/{purchaseId}/${verb}`,
    tag: 'Verbs',
    operationId,
    audit: leavesCommand(verb),
    location: '/v1/commands/{id}',
    summary,
    roles,
    params: idParams('purchaseId'),
    body,
    example,
    answers: { 200: verbAnswerSchema, 202: pendingCommandSchema },
    problems: [402, 409],
    writes: 'own',
    handle: (call: VerbCall, deps: VerbDeps) => askVerb(verb, call, deps),
  });
};

export const verbRoutes = Object.fromEntries(VERB_NAMES.map((verb) => [verb, verbRoute(verb)])) as Record<
  VerbName,
  ReturnType<typeof verbRoute>
>;
