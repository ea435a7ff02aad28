import { PEOPLE } from '../../../auth/roles.ts';
import { previewSessionRoutes } from '../../../people/preview-session.ts';
import { asMarked } from '../../marked.ts';
import { page, redirect, type Page } from '../../page.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { paramsOf } from './contact-steps.ts';

/** Leads to a customer's pages, as that customer [R16.1]. */
export const contactPreviewPage: Page = {
  path: '/contacts/{contactId}/preview',
  audience: 'admin',
  roles: PEOPLE,
  async submit(call, { key }) {
    const answer = await call.api.ask(previewSessionRoutes.preview, { params: paramsOf(call), key });
    if (answer.isDone) return redirect(new URL(answer.body.url).pathname);
    return page('Preview', <ProblemNotice problem={asMarked(answer.problem)} />, answer.status);
  },
};
