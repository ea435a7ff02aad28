import { confirmAdminRoutes } from '../../../people/confirm-admin.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { EMPTY_FORM, refusedForm, type FormState } from '../../form.ts';
import { page, type Page } from '../../page.ts';
import { TextField } from '../../parts/fields.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';

const TITLE = 'Send the link again';

/** For whoever has not confirmed the address in time [R15.1]. */
export const confirmationLinkPage: Page = {
  path: '/sign-up/link',
  audience: 'public',
  show: async () => page(TITLE, <Ask form={EMPTY_FORM} problem={null} />),
  async submit({ api }, { body, typed }) {
    const answer = await api.ask(confirmAdminRoutes.sendAgain, { body });
    if (answer.isDone) return page('Check your inbox', <Sent />);
    const { problem, status } = answer;
    return page(TITLE, <Ask form={refusedForm(typed, problem)} problem={problem} />, status);
  },
};

const Ask = ({ form, problem }: { form: FormState; problem: ProblemBody | null }) => (
  <section className="lone">
    <h1>{TITLE}</h1>
    <p>Before you can sign in, you confirm your address by a link that we email you. It works for 24 hours.</p>
    <ProblemNotice problem={problem} />
    <form method="post">
      <TextField name="email" label="Email" type="email" autoComplete="email" form={form} required />
      <button className="primary">Email me the link</button>
    </form>
  </section>
);

const Sent = () => (
  <section className="lone">
    <h1>Check your inbox</h1>
    <p>If this address still has to be confirmed, a link is on its way there. We send at most three an hour.</p>
    <p>
      If it is confirmed, <a href="/sign-in">sign in</a>.
    </p>
  </section>
);
