import type { z } from 'zod';
import { BILLING } from '../../../auth/roles.ts';
import { offerRoutes } from '../../../catalog/offers.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { activationRoutes, type activationSchema } from '../../../purchase/activations.ts';
import { asMarked } from '../../marked.ts';
import { EMPTY_FORM } from '../../form.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { CopyLink } from '../../parts/copy-link.tsx';
import { FormKey } from '../../parts/fields.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { paramsOf } from './offer.tsx';

type Activation = z.output<typeof activationSchema>;

const NOTICES: Record<string, string> = {
  on: 'The address is switched on.',
  off: 'The address is switched off, and leads nowhere any more.',
};

/** The address by which an outside system grants an offer, and its switch [R13.2]. */
export const offerActivationPage: Page = {
  path: '/offers/{offerId}/activation',
  audience: 'admin',
  roles: BILLING,
  show: (call) => showActivation(call, null, 200),
  async submit(call, { step, key }) {
    const body = { isOn: step === 'on' };
    const answer = await call.api.ask(activationRoutes.change, { params: paramsOf(call), body, key });
    if (answer.isDone) return redirect(`/offers/${call.params.offerId}/activation?notice=${body.isOn ? 'on' : 'off'}`);
    return showActivation(call, asMarked(answer.problem), answer.status);
  },
};

async function showActivation(call: PageCall, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const params = paramsOf(call);
  const { id, name } = await call.api.read(offerRoutes.read, { params });
  const activation = await call.api.read(activationRoutes.read, { params });
  const notice = call.query.notice === undefined ? undefined : NOTICES[call.query.notice];
  return page(
    'Grant from outside',
    <>
      <p className="crumbs">
        <a href="/offers">Offers</a> <a href={`/offers/${id}`}>{name}</a>
      </p>
      <div className="head">
        <h1>Grant from outside</h1>
      </div>
      {notice === undefined ? null : <Notice tone="good">{notice}</Notice>}
      <ProblemNotice problem={problem} />
      <p>
        Another shop or system grants this offer by an address of its own. Whoever is sent there gets it without
        billing, with the same emails as by a grant; the same person once more changes nothing.
      </p>
      <Switch activation={activation} site={siteOf(call)} />
    </>,
    status,
  );
}

const Switch = ({ activation: { url, since }, site }: { activation: Activation; site: Site }) => (
  <>
    {url === null ? (
      <p>It is switched off.</p>
    ) : (
      <>
        <CopyLink label="Activation address" link={url} />
        <p className="quiet">
          Switched on <When at={since} site={site} />. Keep it secret: whoever has it may grant the offer.
        </p>
        <pre className="sent">{`curl -X POST '${url}' \\\n  -H 'Content-Type: application/json' \\\n  -d '{ "email": "ada@example.com", "name": "Ada" }'`}</pre>
      </>
    )}
    <form method="post">
      <FormKey form={EMPTY_FORM} />
      <input type="hidden" name="_step" value={url === null ? 'on' : 'off'} />
      <button className={url === null ? 'primary' : undefined}>
        {url === null ? 'Switch it on' : 'Switch it off'}
      </button>
    </form>
    {url === null ? null : (
      <p className="quiet">To get another address, switch it off and on again: the one before leads nowhere then.</p>
    )}
  </>
);
