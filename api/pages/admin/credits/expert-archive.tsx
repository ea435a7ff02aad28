import { expertRoutes } from '../../../credits/experts.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { BILLING } from '../../../auth/roles.ts';
import { page, redirect, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { ConfirmArchive } from '../../parts/archive.tsx';
import { countOf } from '../../parts/counts.ts';
import { paramsOf } from './expert.tsx';

/** Before an expert is archived: what goes on all the same [R4.4]. */
export const archiveExpertPage: Page = {
  path: '/experts/{expertId}/archive',
  audience: 'admin',
  roles: BILLING,
  show: (call) => confirm(call, null, 200),
  async submit(call, { key }) {
    const answer = await call.api.ask(expertRoutes.archive, { params: paramsOf(call), key });
    if (answer.isDone) return redirect(`/experts/${answer.body.expert.id}?notice=archived`);
    return confirm(call, answer.problem, answer.status);
  },
};

async function confirm(call: PageCall, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const { id, name } = await call.api.read(expertRoutes.read, { params: paramsOf(call) });
  const { calls, officeHours } = await call.api.read(expertRoutes.goingOn, { params: paramsOf(call) });
  const shown = {
    name,
    what: 'expert',
    effect: 'No more calls can be booked with them.',
    goesOn: [`${countOf(calls, 'booked call')}`, `${countOf(officeHours, 'block')} of office hours that they host`],
    to: `/experts/${id}`,
    problem,
  } as const;
  return page('Archive an expert', <ConfirmArchive {...shown} />, status);
}
