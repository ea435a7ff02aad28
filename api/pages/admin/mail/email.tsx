import { emailRoutes } from '../../../mail/emails.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { MONEY_READERS } from '../../../auth/roles.ts';
import type { FullEmail } from '../../../mail/email-schema.ts';
import { digest } from '../../digest.ts';
import { emailInWords } from '../../words/email.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { EmailView, LOOKS, type Look } from './email-view.tsx';

const paramsOf = ({ params }: PageCall) => ({ emailId: params.emailId ?? '' });
const read = (call: PageCall): Promise<FullEmail> => call.api.read(emailRoutes.read, { params: paramsOf(call) });

/** One email: as it looks, why it was sent, and what became of it [R13.5]. */
export const emailPage: Page = {
  path: '/emails/{emailId}',
  audience: 'admin',
  roles: MONEY_READERS,
  show: (call) => showEmail(call, null, 200),
  async submit(call, { key }) {
    const answer = await call.api.ask(emailRoutes.resend, { params: paramsOf(call), key });
    if (answer.isDone) return redirect(`/emails/${answer.body.id}?notice=again`);
    return showEmail(call, answer.problem, answer.status);
  },
  state: async (call) => {
    const { state, attempts, reason, resends } = await read(call);
    return digest([state, attempts, reason, resends]);
  },
};

async function showEmail(call: PageCall, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const email = await read(call);
  const look: Look = LOOKS.find(({ name }) => name === call.query.as)?.name ?? 'desk';
  const shown = { email, look, problem, site: siteOf(call), notice: call.query.notice };
  return page(email.subject ?? emailInWords(email.kind), <EmailView {...shown} />, status);
}

/** What stands in the frame: the email's own HTML, which runs nothing there. */
export const emailFramePage: Page = {
  path: '/emails/{emailId}/html',
  audience: 'admin',
  roles: MONEY_READERS,
  show: async (call) => ({ kind: 'email', html: (await read(call)).html ?? '' }),
};
