import { offerRoutes } from '../../../catalog/offers.ts';
import { BILLING } from '../../../auth/roles.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { page, redirect, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { ConfirmArchive, goingOnOfOfferLines } from '../../parts/archive.tsx';
import { paramsOf } from './offer.tsx';

/** Before an offer is archived: what goes on all the same [R4.4]. */
export const archiveOfferPage: Page = {
  path: '/offers/{offerId}/archive',
  audience: 'admin',
  roles: BILLING,
  show: (call) => confirm(call, null, 200),
  async submit(call, { key }) {
    const answer = await call.api.ask(offerRoutes.archive, { params: paramsOf(call), key });
    if (answer.isDone) return redirect(`/offers/${answer.body.offer.id}?notice=archived`);
    return confirm(call, answer.problem, answer.status);
  },
};

async function confirm(call: PageCall, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const { id, name } = await call.api.read(offerRoutes.read, { params: paramsOf(call) });
  const goingOn = await call.api.read(offerRoutes.goingOn, { params: paramsOf(call) });
  const effect = 'It can no longer be bought or granted, until you unarchive it.';
  const shown = {
    name,
    what: 'offer',
    effect,
    goesOn: goingOnOfOfferLines(goingOn),
    to: `/offers/${id}`,
    problem,
  } as const;
  return page('Archive an offer', <ConfirmArchive {...shown} />, status);
}
