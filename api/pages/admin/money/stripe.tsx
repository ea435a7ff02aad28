import type { z } from 'zod';
import { OWNERS } from '../../../auth/roles.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import type { connectionSchema, stripeSchema } from '../../../money/stripe-connection-schema.ts';
import { CALLBACK_PATH, stripeOauthRoutes } from '../../../money/stripe-oauth.ts';
import { stripeConnectionRoutes } from '../../../money/stripe-connection.ts';
import { EMPTY_FORM, refusedForm, type FormState } from '../../form.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { CopyButton } from '../../parts/copy-link.tsx';
import { FormKey, TextField } from '../../parts/fields.tsx';
import { Facts } from '../../parts/list.tsx';
import { Badge, Notice, ProblemNotice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';

type State = z.output<typeof stripeSchema>;
type Connection = z.output<typeof connectionSchema>;

export const STRIPE_PATH = '/settings/stripe';

/** Where what is sold is paid, and how another Stripe account is connected [R22.5]; the owner's. */
export const stripePage: Page = {
  path: STRIPE_PATH,
  audience: 'admin',
  roles: OWNERS,
  show: (call) => show(call, EMPTY_FORM, null, 200),
  async submit(call, { body, typed, key, step }) {
    const [verb, stripeAccount = ''] = step.split(' ');
    if (verb === 'authorize') return authorize(call, key);
    const answer =
      verb === 'rotate'
        ? await call.api.ask(stripeConnectionRoutes.rotate, { params: { stripeAccount }, body: {}, key })
        : await call.api.ask(stripeConnectionRoutes.connectKey, { body, key });
    if (answer.isDone) return redirect(`${STRIPE_PATH}?notice=${verb === 'rotate' ? 'rotated' : 'connected'}`);
    // What was typed is a key, and is not shown again.
    const { restrictedKey: _key, webhookSecret: _secret, ...others } = typed;
    return show(call, refusedForm(others, answer.problem), answer.problem, answer.status);
  },
};

/** On to Stripe's page, which leads back to the next one. */
async function authorize(call: PageCall, key: string | undefined): Promise<PageAnswer> {
  const answer = await call.api.ask(stripeOauthRoutes.authorize, { body: {}, key });
  if (!answer.isDone) return show(call, EMPTY_FORM, answer.problem, answer.status);
  return { kind: 'handOver', to: answer.body.url, title: 'Continue to Stripe' };
}

/** Where Stripe leads back to. Opened again, it connects nothing more. */
export const stripeCallbackPage: Page = {
  path: CALLBACK_PATH,
  audience: 'admin',
  roles: OWNERS,
  async show(call) {
    const { code = '', state = '', error } = call.query;
    if (error !== undefined) return redirect(`${STRIPE_PATH}?notice=left`);
    const body = { code: code || '-', state: state || '-' };
    const answer = await call.api.ask(stripeOauthRoutes.complete, { body });
    if (answer.isDone) return redirect(`${STRIPE_PATH}?notice=connected`);
    return show(call, EMPTY_FORM, answer.problem, answer.status);
  },
};

const NOTICES: Record<string, string> = {
  connected: 'It is connected: what is bought from now on is paid there.',
  rotated: 'Its webhook endpoint has a new secret.',
  disconnected: 'It is disconnected.',
  left: 'Nothing was connected: you left the page of Stripe.',
};

async function show(call: PageCall, form: FormState, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const state = await call.api.read(stripeConnectionRoutes.read, {});
  const told = NOTICES[call.query.notice ?? ''];
  return page(
    'Stripe',
    <>
      <div className="head">
        <h1>Stripe</h1>
      </div>
      <ProblemNotice problem={problem} />
      {told === undefined ? null : <Notice tone="good">{told}</Notice>}
      <SellsOn state={state} />
      {state.connections.map((one) => (
        <ConnectionBox key={one.stripeAccount} one={one} site={siteOf(call)} />
      ))}
      {state.canConnectAtStripe ? <AtStripe /> : null}
      <ConnectForm state={state} form={form} />
      <Permissions state={state} />
    </>,
    status,
  );
}

function SellsOn({ state: { sellsOn } }: { state: State }) {
  if (sellsOn === 'own') return null;
  return sellsOn === 'platform' ? (
    <Notice tone="plain">What you sell is paid to the Stripe account of whoever runs this platform.</Notice>
  ) : (
    <Notice tone="warn">Nothing can be bought yet: connect your Stripe account first.</Notice>
  );
}

const ConnectionBox = ({ one, site }: { one: Connection; site: Site }) => (
  <section className="box stack" aria-labelledby={one.stripeAccount}>
    <div className="head">
      <h2 id={one.stripeAccount}>{one.stripeAccount}</h2>
      <StateOf one={one} />
    </div>
    <Facts facts={factsOf(one, site)} />
    {one.disconnectedAt === null ? (
      <form method="post" className="actions">
        <FormKey form={EMPTY_FORM} />
        <button name="_step" value={`rotate ${one.stripeAccount}`}>
          Change its webhook secret<span className="unseen"> ({one.stripeAccount})</span>
        </button>
        <a href={`${STRIPE_PATH}/${one.stripeAccount}/disconnect`}>
          Disconnect<span className="unseen"> {one.stripeAccount}</span>
        </a>
      </form>
    ) : (
      <p className="quiet">Connect it again to do anything with what was sold there.</p>
    )}
  </section>
);

function StateOf({ one }: { one: Connection }) {
  if (one.disconnectedAt !== null) return <Badge tone="warn">Disconnected</Badge>;
  return one.isCurrent ? <Badge tone="good">You sell on it</Badge> : <Badge tone="plain">Of earlier sales</Badge>;
}

const BY = { key: 'a restricted key, which is erased', oauth: 'Stripe’s own page' } as const;
const ENDPOINTS = { ours: 'made by us', by_hand: 'made by you', none: 'none' } as const;

const factsOf = (one: Connection, site: Site) =>
  [
    ['Connected', <When key="at" at={one.connectedAt} site={site} />],
    ['By', one.keyEnding === null ? BY[one.kind] : `a restricted key that ends in ${one.keyEnding}`],
    ['Mode', one.mode],
    ['Webhook endpoint', ENDPOINTS[one.endpoint]],
    ['Still charged there', one.liveBilling === 1 ? 'one purchase' : `${one.liveBilling} purchases`],
  ] as const;

const AtStripe = () => (
  <section>
    <h2>Connect on Stripe’s page</h2>
    <p>You log in at Stripe and let this platform sell on your account. No key is needed.</p>
    <form method="post" className="actions">
      <FormKey form={EMPTY_FORM} />
      <button className="primary" name="_step" value="authorize">
        Connect with Stripe
      </button>
    </form>
  </section>
);

const ConnectForm = ({ state, form }: { state: State; form: FormState }) => (
  <section>
    <h2>
      {state.connections.length > 0 ? 'Connect another by a key, or give one a new key' : 'Connect by a restricted key'}
    </h2>
    <p>
      Make a restricted key in your Stripe dashboard, with the permissions below. It is tried before it is kept, sealed,
      and nobody is shown it again. What was sold before stays where it was sold.
    </p>
    <form method="post" className="narrow" autoComplete="off">
      <FormKey form={form} />
      <TextField name="restrictedKey" label="Restricted key" type="password" required form={form} autoComplete="off" />
      <TextField
        name="webhookSecret"
        label="Signing secret of the webhook endpoint"
        type="password"
        form={form}
        autoComplete="off"
        help="Leave it blank, and we make the endpoint. Only for one that you have made by hand."
      />
      <button className="primary" name="_step" value="connect">
        Connect
      </button>
    </form>
  </section>
);

const Permissions = ({ state: { permissions, webhookTypes, webhookUrl } }: { state: State }) => (
  <section>
    <h2>What the key must be allowed</h2>
    <ul>
      {permissions.map(({ resource, level }) => (
        <li key={resource}>
          {resource}: {level}
        </li>
      ))}
    </ul>
    <p className="quiet">
      Webhook Endpoints only where we make the endpoint. One that is made by hand leads to <code>{webhookUrl}</code>{' '}
      <CopyButton what="the address of the endpoint" text={webhookUrl} /> and sends {webhookTypes.join(', ')}.
    </p>
  </section>
);
