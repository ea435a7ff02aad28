import type { ProblemBody } from '../../../http/problem.ts';
import { BILLING, EVERYBODY, MONEY_READERS } from '../../../auth/roles.ts';
import { asMarked } from '../../marked.ts';
import { EMPTY_FORM, type Form, type FormState, refusedForm } from '../../form.ts';
import { hasRole, page, redirect, siteOf, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import type { GoingOn } from '../../parts/archive.tsx';
import { bodyOf, type Offer } from './offer-fields.tsx';
import { choicesOf } from './offer-new.tsx';
import { OfferView } from './offer-view.tsx';

export const pathOf = ({ params }: PageCall): string => `/v1/offers/${encodeURIComponent(params.offerId ?? '')}`;

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
  const offer = await call.api.get<Offer>(pathOf(call));
  const goingOn = await call.api.get<GoingOn>(`${pathOf(call)}/going-on`);
  const shown = {
    form,
    problem,
    offer,
    goingOn,
    site: siteOf(call),
    notice: call.query.notice,
    link: `${call.publicUrl}/join/${offer.id}`,
    mayEdit: hasRole(call, BILLING),
    maySeePurchases: hasRole(call, MONEY_READERS),
    ...(await choicesOf(call.api)),
  };
  return page(offer.name, <OfferView {...shown} />, status);
}

async function save(call: PageCall, form: Form): Promise<PageAnswer> {
  const answer = await call.api.send<Offer>('patch', pathOf(call), { body: bodyOf(form), key: form.key });
  if (answer.isDone) return redirect(`/offers/${answer.body.id}?notice=saved`);
  const { status, problem } = answer;
  return showOffer(call, refusedForm(form.typed, problem), asMarked(problem), status);
}

async function bringBack(call: PageCall, { key }: Form): Promise<PageAnswer> {
  const answer = await call.api.send<Offer>('post', `${pathOf(call)}/unarchive`, { key });
  if (answer.isDone) return redirect(`/offers/${answer.body.id}?notice=back`);
  return showOffer(call, EMPTY_FORM, answer.problem, answer.status);
}
