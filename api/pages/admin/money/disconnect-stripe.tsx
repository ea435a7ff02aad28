import type { z } from 'zod';
import { OWNERS } from '../../../auth/roles.ts';
import { notFound, type ProblemBody } from '../../../http/problem.ts';
import type { disconnectAnswer } from '../../../money/stripe-connection-schema.ts';
import { stripeConnectionRoutes } from '../../../money/stripe-connection.ts';
import { EMPTY_FORM } from '../../form.ts';
import { page, redirect, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { STRIPE_PATH } from './stripe.tsx';

type Preview = Extract<z.output<typeof disconnectAnswer>, { status: 'preview' }>;

/** Before a Stripe account is disconnected: what that leaves behind. */
export const disconnectStripePage: Page = {
  path: `${STRIPE_PATH}/{stripeAccount}/disconnect`,
  audience: 'admin',
  roles: OWNERS,
  show: (call) => confirm(call, null, 200),
  async submit(call, { key }) {
    const body = { leaveBilling: true };
    const answer = await call.api.ask(stripeConnectionRoutes.disconnect, { params: paramsOf(call), body, key });
    if (answer.isDone) return redirect(`${STRIPE_PATH}?notice=disconnected`);
    return confirm(call, answer.problem, answer.status);
  },
};

const paramsOf = ({ params }: PageCall) => ({ stripeAccount: params.stripeAccount ?? '' });

async function confirm(call: PageCall, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const asked = { params: paramsOf(call), body: { dryRun: true } };
  const answer = await call.api.ask(stripeConnectionRoutes.disconnect, asked);
  if (!answer.isDone || answer.body.status !== 'preview') throw notFound('Stripe account');
  const preview = answer.body;
  return page(
    'Disconnect Stripe',
    <>
      <div className="head">
        <h1>Disconnect {preview.stripeAccount}</h1>
      </div>
      <ProblemNotice problem={problem} />
      <StillCharged {...preview} />
      <ul>
        <li>Its key is erased here. The webhook endpoint that we have made there is removed.</li>
        <li>What was sold there can be read, and nothing can be done with it until it is connected again.</li>
        <li>{AFTERWARDS[preview.afterwards]}</li>
      </ul>
      <form method="post" className="actions">
        <FormKey form={EMPTY_FORM} />
        <button className="danger" name="_step" value="disconnect">
          {preview.liveBilling > 0 ? 'Disconnect it all the same' : 'Disconnect it'}
        </button>
        <a href={STRIPE_PATH}>Keep it</a>
      </form>
    </>,
    status,
  );
}

const AFTERWARDS: Record<Preview['afterwards'], string> = {
  own: 'You go on selling on the Stripe account that you sell on now.',
  platform: 'From then on, what you sell is paid to the Stripe account of whoever runs this platform.',
  nothing: 'Nothing can be bought from you until you connect a Stripe account.',
};

const StillCharged = ({ liveBilling }: Preview) =>
  liveBilling === 0 ? null : (
    <Notice tone="warn">
      {liveBilling === 1 ? 'One purchase is' : `${liveBilling} purchases are`} still charged there. Stripe goes on with
      that, and we do not hear of it: payments, failures and cancellations do not arrive here. Cancel first if that is
      not what you want.
    </Notice>
  );
