import type { ReactNode } from 'react';
import type { ProblemBody } from '../../../http/problem.ts';
import { inSite, siteOf, type Page, type PageCall, type Site } from '../../page.ts';
import { twoSteps, type BookingPreview, type TwoSteps } from '../../parts/calls/two-steps.tsx';
import { NotPossible } from '../purchase/trouble.tsx';
import { hereOf, readMe } from './read-calls.ts';

type OwnSteps = Pick<TwoSteps<BookingPreview>, 'path' | 'title' | 'ask' | 'confirm' | 'before'> & {
  /** What has happened then, as the notices name it. */
  notice: string;
  /** Where there is more to say than the refusal. */
  refused?: (call: PageCall, problem: ProblemBody, here: Site) => Promise<ReactNode>;
};

/** A customer's page of two steps, from which they go on to their calls. */
export const ownSteps = ({ notice, refused, ...steps }: OwnSteps): Page =>
  twoSteps<BookingPreview>({
    ...steps,
    audience: 'customer',
    here: async (call) => hereOf(call, await readMe(call)),
    refused: async (call, problem, here) =>
      (await refused?.(call, problem, here)) ?? (
        <NotPossible problem={problem} site={here} back={{ to: '/calls', word: 'your calls' }} />
      ),
    goesOn: (call, { isPending }) => inSite(siteOf(call), `/calls?notice=${isPending ? 'asked' : notice}`),
  });
