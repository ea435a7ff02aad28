import { webhookRoutes } from '../../../inbox/webhooks.ts';
import type { z } from 'zod';
import { purchaseWorkflowId } from '../../../../workflows/ids.ts';
import { Problem, type ProblemBody } from '../../../http/problem.ts';
import { BILLING, MONEY_READERS, OWNERS } from '../../../auth/roles.ts';
import type { webhookSchema, WebhookState } from '../../../inbox/webhook-schema.ts';
import { digest } from '../../digest.ts';
import { EMPTY_FORM, type Form } from '../../form.ts';
import { eventInWords } from '../../words/inbox.ts';
import { page, redirect, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { AboutBoth, triesInWords } from '../../parts/inbox.tsx';
import { Facts } from '../../parts/list.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { receivedLabel, WebhookBadge } from './webhooks.tsx';
import { inRealTime, type Here } from '../../words/instant.ts';

type Webhook = z.output<typeof webhookSchema>;
type Body = { text: string } | { whyNot: string };

/** Where such a page is, and what it asks: of an account, or of nobody. */
const OWN = {
  at: '/webhooks',
  read: webhookRoutes.read,
  readBody: webhookRoutes.readBody,
  replay: webhookRoutes.replay,
};
const NOBODYS = {
  at: '/webhooks/unmatched',
  read: webhookRoutes.readUnmatched,
  readBody: webhookRoutes.readUnmatchedBody,
  replay: webhookRoutes.replayUnmatched,
};
type Place = typeof OWN | typeof NOBODYS;

const paramsOf = ({ params }: PageCall) => ({ webhookId: params.webhookId ?? '' });

/** One event from Stripe: what became of it, and what can be done. */
export const webhookPage: Page = {
  ...pageAt(OWN),
  roles: MONEY_READERS,
};

export const unmatchedWebhookPage: Page = {
  ...pageAt(NOBODYS),
  roles: ['operator'],
};

function pageAt(place: Place): Pick<Page, 'path' | 'audience' | 'show' | 'submit' | 'state'> {
  return {
    path: `${place.at}/{webhookId}`,
    audience: 'admin',
    show: (call) => show(call, place, null),
    submit: (call, form) => submit(call, form, place),
    state: async (call) => digest(await call.api.read(place.read, { params: paramsOf(call) })),
  };
}

async function show(call: PageCall, place: Place, problem: ProblemBody | null): Promise<PageAnswer> {
  const webhook = await call.api.read(place.read, { params: paramsOf(call) });
  const site = call.visitor?.account ?? inRealTime('UTC');
  const role = call.visitor?.role ?? 'assistant';
  const body = OWNERS.includes(role) ? await bodyAt(call, place) : null;
  const workflow = webhook.purchase && call.workflowPage(purchaseWorkflowId(webhook.purchase.id));
  const shown = {
    webhook,
    site,
    body,
    problem,
    workflow,
    mayReplay: BILLING.includes(role),
    isTold: call.query.notice === 'replayed',
  };
  return page(eventInWords(webhook.kind), <OneWebhook {...shown} />, problem?.status ?? 200);
}

async function submit(call: PageCall, { key }: Form, place: Place): Promise<PageAnswer> {
  const answer = await call.api.ask(place.replay, { params: paramsOf(call), key });
  if (!answer.isDone) return show(call, place, answer.problem);
  // Matched anew, it belongs to an account, which may be another than the one that is looked at.
  const isGiven = place === NOBODYS && answer.body.purchase !== null;
  return redirect(isGiven ? `${place.at}?notice=given` : `${place.at}/${answer.body.id}?notice=replayed`);
}

/** What Stripe sent is only kept for so long. */
async function bodyAt(call: PageCall, place: Place): Promise<Body> {
  try {
    const { event } = await call.api.read(place.readBody, { params: paramsOf(call) });
    return { text: JSON.stringify(event, null, 2) };
  } catch (error) {
    if (error instanceof Problem && error.status === 409) return { whyNot: error.message };
    throw error;
  }
}

type Shown = {
  webhook: Webhook;
  site: Here;
  body: Body | null;
  problem: ProblemBody | null;
  workflow: string | null;
  mayReplay: boolean;
  isTold: boolean;
};

const OneWebhook = ({ webhook, site, body, problem, workflow, mayReplay, isTold }: Shown) => (
  <>
    <div className="head">
      <h1>{eventInWords(webhook.kind)}</h1>
      <WebhookBadge state={webhook.state} />
    </div>
    <ProblemNotice problem={problem} />
    {isTold ? <Notice tone="good">{TOLD[webhook.state]}</Notice> : null}
    {webhook.detail === null ? null : <p>{webhook.detail}</p>}
    <Facts
      facts={[
        ['Purchase', <AboutBoth purchase={webhook.purchase} />],
        ['Happened', <When at={webhook.occurredAt} site={site} />],
        [receivedLabel(site), <When at={webhook.receivedAt} site={site} />],
        ['Done', <When at={webhook.doneAt} site={site} none="not yet" />],
        ['Tried', triesInWords(webhook.tries)],
        [
          'Stripe calls it',
          <>
            <code>{webhook.kind}</code> <code>{webhook.stripeId}</code>
          </>,
        ],
        ...(webhook.nextTryAt === null
          ? []
          : [['Next automatic try', <When at={webhook.nextTryAt} site={site} />] as const]),
      ]}
    />
    {mayReplay ? <Replay webhook={webhook} /> : null}
    {workflow === null ? null : (
      <p>
        <a href={workflow}>Its workflow in the Temporal UI</a>
      </p>
    )}
    {body === null ? null : <Sent body={body} />}
  </>
);

const TOLD: Record<WebhookState, string> = {
  pending: 'The purchase is being woken.',
  applied: 'It has been replayed and applied.',
  no_change: 'It has been replayed. It contained nothing new.',
  failed: 'It has been replayed and failed again.',
  unmatched: 'Its purchase has not been found yet. The search continues.',
  dead: 'It belongs to no purchase here.',
};

function Replay({ webhook: { state, isReplayable } }: { webhook: Webhook }) {
  if (!isReplayable && state !== 'pending') return null;
  return (
    <form method="post">
      <FormKey form={EMPTY_FORM} />
      <div className="actions">
        <button className="primary">{isReplayable ? 'Replay' : 'Wake the purchase'}</button>
      </div>
      <p className="quiet">
        {isReplayable
          ? 'It is handled as if it had just arrived. This is safe: it is applied once, however often it is replayed.'
          : 'The purchase looks for new work at once. Safe at any time.'}
      </p>
    </form>
  );
}

const Sent = ({ body }: { body: Body }) => (
  <details>
    <summary>What Stripe sent</summary>
    {'text' in body ? (
      <>
        <p className="quiet">It contains personal data, so only owners and operators see it.</p>
        <pre className="sent">{body.text}</pre>
      </>
    ) : (
      <p>{body.whyNot}</p>
    )}
  </details>
);
