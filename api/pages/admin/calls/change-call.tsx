import type { ReactNode } from 'react';
import { callRoutes } from '../../../calls/calls.ts';
import { creditRoutes } from '../../../credits/credits.ts';
import { purchasePath } from '../purchase/read-purchase.ts';
import type { PageCall, Site } from '../../page.ts';
import { CallTime, WithExpert } from '../../parts/calls/call-time.tsx';
import { Confirm } from '../../parts/calls/confirm.tsx';
import { creditsInWords } from '../../words/credit-effect.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { Views } from '../../parts/filters.tsx';
import type { Shown } from '../../parts/calls/two-steps.tsx';
import { adminSteps, emailsInWords, type AdminPreview } from './admin-steps.tsx';
import { paramsOf, readCall } from './call-page.tsx';
import { PATH } from './call-views.tsx';
import { personOf } from '../../parts/calls/call-words.tsx';

type Words = { title: string; button: string; isDangerous?: boolean; choice?: ReactNode };

/** What becomes of a call and its credit, with the button that does it. */
async function confirmChange(call: PageCall, { preview, here, problem }: Shown<AdminPreview>, asked: Words) {
  const { choice, ...words } = asked;
  const booked = await readCall(call);
  return (
    <Confirm
      {...words}
      trouble={
        <>
          {choice}
          <ProblemNotice problem={problem} />
        </>
      }
      terms={[
        <>
          <a href={purchasePath(booked.purchaseId)}>
            <bdi>{personOf(booked)}</bdi>
          </a>{' '}
          with <WithExpert {...booked} here={here} />
        </>,
        <CallTime key="time" {...booked} here={here} />,
        ...(await creditTerms(call, booked.purchaseId, preview, here)),
        ...emailsInWords(preview),
      ]}
      planHash={preview.planHash}
      back={{ href: `${PATH}/${booked.id}`, word: 'Leave it as it is' }}
    />
  );
}

export async function creditTerms({ api }: PageCall, purchaseId: string, preview: AdminPreview, here: Site) {
  const credits = await api.read(creditRoutes.read, { params: { purchaseId } });
  return creditsInWords(preview.credits, credits.data, here);
}

const marks = (route: typeof callRoutes.held, step: 'held' | 'no-show', words: Words) =>
  adminSteps({
    path: `${PATH}/{callId}/${step}`,
    title: words.title,
    notice: step,
    ask: (call, { key, ...body }) => call.api.ask(route, { params: paramsOf(call), body, key }),
    confirm: (call, shown) => confirmChange(call, shown, words),
  });

export const heldPage = marks(callRoutes.held, 'held', { title: 'Was this call held?', button: 'Mark as held' });
export const noShowPage = marks(callRoutes.noShow, 'no-show', {
  title: 'Did the booker not come?',
  button: 'Mark as missed',
});

const whoseOf = ({ query }: PageCall) => (query.by === 'booker' ? 'booker' : 'site');

/** Whose cancellation it is decides what becomes of the credit; each has its own preview. */
export const cancelPage = adminSteps({
  path: `${PATH}/{callId}/cancel`,
  title: 'Cancel the call',
  notice: 'canceled',
  ask: (call, { key, ...tried }) =>
    call.api.ask(callRoutes.cancel, { params: paramsOf(call), body: { ...tried, by: whoseOf(call) }, key }),
  async confirm(call, shown) {
    const choice = (
      <Views
        label="Whose cancellation it is"
        views={[
          {
            label: 'For the expert or the site',
            href: '?by=site',
            isCurrent: whoseOf(call) === 'site',
            count: undefined,
          },
          { label: 'For the booker', href: '?by=booker', isCurrent: whoseOf(call) === 'booker', count: undefined },
        ]}
      />
    );
    return confirmChange(call, shown, {
      title: 'Cancel this call?',
      button: 'Cancel the call',
      isDangerous: true,
      choice,
    });
  },
});
