import type { z } from 'zod';
import type { ActorEmails } from '../../db/people/actor-emails.ts';
import type { LoginCause, NextStep, NextStepKind } from '../../workflows/domain/login-cause.ts';
import { toApiActor } from '../purchase/purchase-view.ts';
import type { loginHelpSchema } from './login-help-schema.ts';

type ApiCause = z.input<typeof loginHelpSchema>['causes'][number];
type Asked = Pick<ApiCause['nextStep'], 'method' | 'path'>;

const post = (path: string): Asked => ({ method: 'POST', path });
const ofPurchase =
  (verb: string) =>
  (id: string | null): Asked =>
    post(`/v1/purchases/${id}/${verb}`);
const sendAgain = (id: string | null): Asked => post(`/v1/emails/${id}/resend`);
const byNobody = (): Asked => ({ method: null, path: null });

/** The route of each step; `id`: what it is about. */
const ROUTES: Record<NextStepKind, (id: string | null) => Asked> = {
  send_welcome_again: sendAgain,
  send_email_again: sendAgain,
  send_login_link: (id) => post(`/v1/contacts/${id}/login-link`),
  unlock: (id) => post(`/v1/contacts/${id}/unlock`),
  restore_access: ofPurchase('restore'),
  resume: ofPurchase('resume'),
  retry_payment: ofPurchase('retry-payment'),
  extend_access: ofPurchase('extend'),
  grant_offer: () => post('/v1/grants'),
  correct_address: (id) => ({ method: 'PATCH', path: `/v1/contacts/${id}` }),
  lift_suppression: (id) => post(`/v1/suppressions/${id}/lift`),
  switch_email_on: (id) => ({ method: 'PATCH', path: id === null ? '/v1/settings' : `/v1/offers/${id}` }),
  ask_for_address: byNobody,
  wait: byNobody,
};

const toApiStep = ({ kind, id }: NextStep): ApiCause['nextStep'] => ({ kind, ...ROUTES[kind](id) });

export function toApiCause({ code, at, evidence, nextStep }: LoginCause, emails: ActorEmails): ApiCause {
  const blocks = evidence.blocks.map(({ source, since, by }) => {
    return { source, since, by: by && toApiActor(by, emails) };
  });
  return { code, at, evidence: { ...evidence, blocks }, nextStep: toApiStep(nextStep) };
}
