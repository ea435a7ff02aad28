import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { myPreview } from '../../../calls/call-schema.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import type { Role } from '../../../../workflows/domain/verb.ts';
import { page, redirect, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';

/** What every preview of a booking says; those of admins say more. */
export type BookingPreview = Pick<z.output<typeof myPreview>, 'planHash' | 'calls' | 'credits'>;

/** How a booking is asked: for its preview, or with the hash of the one that was shown. */
export type Tried = { dryRun: boolean; planHash?: string; key?: string | undefined };

type Answered<Preview> =
  | { isDone: true; status: number; body: { id: string } | { status: 'pending' } | (Preview & { status: 'preview' }) }
  | { isDone: false; status: number; problem: ProblemBody };

export type Shown<Preview> = { preview: Preview; here: Site; problem: ProblemBody | null };

export type TwoSteps<Preview> = {
  path: string;
  audience: Page['audience'];
  roles?: readonly Role[];
  title: string;
  /** The site, by the clock of whoever reads. */
  here: (call: PageCall) => Promise<Site>;
  ask: (call: PageCall, tried: Tried) => Promise<Answered<Preview>>;
  confirm: (call: PageCall, shown: Shown<Preview>) => Promise<ReactNode>;
  /** Before there is something to preview; null = there is. */
  before?: ((call: PageCall) => Promise<PageAnswer | null>) | undefined;
  refused: (call: PageCall, problem: ProblemBody, here: Site) => Promise<ReactNode>;
  /** Where to go on; `isPending`: it is accepted, and not done yet. */
  goesOn: (call: PageCall, done: { id: string | null; isPending: boolean }) => string;
};

/** A page of two steps: it says what would happen, and its button does exactly that [R6.5]. */
export const twoSteps = <Preview extends BookingPreview>(steps: TwoSteps<Preview>): Page => ({
  path: steps.path,
  audience: steps.audience,
  ...(steps.roles && { roles: steps.roles }),
  show: async (call) => (await steps.before?.(call)) ?? showStep(call, steps, null),
  async submit(call, { typed, key }) {
    const answer = await steps.ask(call, { dryRun: false, planHash: typed.planHash?.at(-1) ?? '', key });
    if (!answer.isDone) return showStep(call, steps, answer.problem);
    const id = 'id' in answer.body ? answer.body.id : null;
    return redirect(steps.goesOn(call, { id, isPending: answer.status === 202 }));
  },
});

async function showStep<Preview extends BookingPreview>(
  call: PageCall,
  steps: TwoSteps<Preview>,
  problem: ProblemBody | null,
): Promise<PageAnswer> {
  const here = await steps.here(call);
  const looked = await steps.ask(call, { dryRun: true });
  if (!looked.isDone) {
    const body = await steps.refused(call, looked.problem, here);
    return page('Not possible', body, looked.status, here.timeZone);
  }
  if (!('planHash' in looked.body)) throw new TypeError('no preview was answered');
  const body = await steps.confirm(call, { preview: looked.body, here, problem });
  return page(steps.title, body, problem?.status ?? 200, here.timeZone);
}
