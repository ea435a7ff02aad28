import { offerRoutes } from '../../../catalog/offers.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { BILLING, EVERYBODY, MONEY_READERS } from '../../../auth/roles.ts';
import { asMarked } from '../../marked.ts';
import { EMPTY_FORM, type Form, type FormState, refusedForm } from '../../form.ts';
import { hasRole, inSite, page, redirect, siteOf, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { bodyOf } from './offer-fields.tsx';
import { choicesOf } from './offer-new.tsx';
import { OfferView } from './offer-view.tsx';

export const paramsOf = ({ params }: PageCall) => ({ offerId: params.offerId ?? '' });

/** One offer: its facts, its checkout link, and everything about it that can be changed. */
export const offerPage: Page = {
  path: '/offers/{offerId}',
  audience: 'admin',
  roles: EVERYBODY,
  show: (call) => showOffer(call, EMPTY_FORM, null, 200),
  submit: (call, form) => (form.step === 'unarchive' ? bringBack(call, form) : save(call, form)),
};

async function showOffer(
  call: PageCall,
  form: FormState,
  problem: ProblemBody | null,
  status: number,
): Promise<PageAnswer> {
  const offer = await call.api.read(offerRoutes.read, { params: paramsOf(call) });
  const goingOn = await call.api.read(offerRoutes.goingOn, { params: paramsOf(call) });
  const shown = {
    form,
    problem,
    offer,
    goingOn,
    site: siteOf(call),
    notice: call.query.notice,
    link: call.publicUrl + inSite(siteOf(call), `/join/${offer.id}`),
    mayEdit: hasRole(call, BILLING),
    maySeePurchases: hasRole(call, MONEY_READERS),
    ...(await choicesOf(call.api, offer)),
  };
  return page(offer.name, <OfferView {...shown} />, status);
}

async function save(call: PageCall, form: Form): Promise<PageAnswer> {
  const answer = await call.api.ask(offerRoutes.change, { params: paramsOf(call), body: bodyOf(form), key: form.key });
  if (answer.isDone) return redirect(`/offers/${answer.body.id}?notice=saved`);
  const { status, problem } = answer;
  return showOffer(call, refusedForm(form.typed, problem), asMarked(problem), status);
}

async function bringBack(call: PageCall, { key }: Form): Promise<PageAnswer> {
  const answer = await call.api.ask(offerRoutes.unarchive, { params: paramsOf(call), key });
  if (answer.isDone) return redirect(`/offers/${answer.body.id}?notice=back`);
  return showOffer(call, EMPTY_FORM, answer.problem, answer.status);
}
