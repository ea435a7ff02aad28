import type { ReactNode } from 'react';
import type { InProcessApi } from '../../in-process.ts';
import { EMPTY_FORM, refusedForm, type FormState } from '../../form.ts';
import { page, type Page } from '../../page.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { TextField } from '../../parts/fields.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';

type Asking = {
  path: string;
  title: string;
  /** What the link does, and for how long. */
  words: string;
  /** Below the form. */
  foot?: ReactNode;
  /** The same for an address that nobody has. */
  sent: ReactNode;
  route: Parameters<InProcessApi['ask']>[0];
};

/** Where an admin gives an address and has a link mailed to it. */
export function askForLinkPage({ path, title, words, foot, sent, route }: Asking): Page {
  const asking = (form: FormState, problem: ProblemBody | null) => (
    <section className="lone">
      <h1>{title}</h1>
      <p>{words}</p>
      <ProblemNotice problem={problem} />
      <form method="post">
        <TextField name="email" label="Email" type="email" autoComplete="email" form={form} required />
        <button className="primary">Email me the link</button>
      </form>
      {foot}
    </section>
  );
  return {
    path,
    audience: 'public',
    show: async () => page(title, asking(EMPTY_FORM, null)),
    async submit({ api }, { body, typed }) {
      const answer = await api.ask(route, { body });
      if (answer.isDone) return page('Check your inbox', sent);
      const { problem, status } = answer;
      return page(title, asking(refusedForm(typed, problem), problem), status);
    },
  };
}
