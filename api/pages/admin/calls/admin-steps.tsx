import type { z } from 'zod';
import type { previewSchema } from '../../../inbox/command-schema.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { PEOPLE } from '../../../auth/roles.ts';
import { siteOf, type Page, type PageCall } from '../../page.ts';
import { twoSteps, type TwoSteps } from '../../parts/calls/two-steps.tsx';
import { emailLine } from '../../parts/effects.tsx';
import { Notice } from '../../parts/notice.tsx';
import { PATH } from './call-views.tsx';

export type AdminPreview = z.output<typeof previewSchema>;

type AdminSteps = Pick<TwoSteps<AdminPreview>, 'path' | 'title' | 'ask' | 'confirm' | 'before'> & {
  /** What has happened then, as the page of the call names it. */
  notice: string;
};

/** An admin's page of two steps, from which they go on to the call. */
export const adminSteps = ({ notice, ...steps }: AdminSteps): Page =>
  twoSteps<AdminPreview>({
    ...ofAdmins,
    ...steps,
    goesOn({ params: { callId } }, { id, isPending }) {
      const shown = id ?? callId;
      if (shown === undefined) return PATH;
      return `${PATH}/${shown}?notice=${isPending ? 'asked' : notice}`;
    },
  });

const Refused = ({ problem }: { problem: ProblemBody }) => (
  <section className="lone">
    <h1>That is not possible now</h1>
    <Notice tone="warn">{problem.detail}</Notice>
    <p>
      <a href={PATH}>Back to the calls</a>
    </p>
  </section>
);

/** Which emails it sends, a sentence each. */
export const emailsInWords = ({ emails }: AdminPreview): string[] =>
  emails.map((email) => `Email: ${emailLine(email)}.`);

/** What all of them have in common. */
export const ofAdmins = {
  audience: 'admin',
  roles: PEOPLE,
  here: async (call: PageCall) => siteOf(call),
  refused: async (_call: PageCall, problem: ProblemBody) => <Refused problem={problem} />,
} as const;
