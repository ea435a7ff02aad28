import { publicCheckoutRoutes } from '../../../purchase/public-checkouts.ts';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { Problem, type ProblemBody } from '../../../http/problem.ts';
import type { checkoutStateSchema } from '../../../people/customer-schema.ts';
import { EMPTY_FORM, type FormState, refusedForm } from '../../form.ts';
import {
  inSite,
  OF_SITE,
  page,
  redirect,
  siteOf,
  type Page,
  type PageAnswer,
  type PageCall,
  type Site,
} from '../../page.ts';
import { enter } from '../people/enter.ts';
import { NewPassword } from '../../parts/passwords.tsx';
import { withOffer } from './join.tsx';
import { Support, Trouble } from './trouble.tsx';

type CheckoutState = z.output<typeof checkoutStateSchema>;

/** Where Stripe leads back to: what happens next, and a first password for who has none [R13.1]. */
export const thanksPage: Page = {
  path: `${OF_SITE}/join/{offerId}/thanks`,
  audience: 'public',
  show: (call) => withCheckout(call, async (checkout) => shown(checkout, call)),
  async submit(call, { body, typed }) {
    return withCheckout(call, async (checkout) => {
      const answer = await call.api.ask(publicCheckoutRoutes.setPassword, { params: paramsOf(call), body });
      if (answer.isDone) return enter(answer.body, '/library?notice=welcome');
      const { status, problem } = answer;
      return shown(checkout, call, { form: refusedForm(typed, problem), problem, status });
    });
  },
  async state({ api, query }) {
    const { state, canSetPassword } = await readCheckout({ api, query });
    return `${state} ${canSetPassword}`;
  },
};

type Asking = Pick<PageCall, 'api' | 'query'>;

const paramsOf = ({ query }: Pick<PageCall, 'query'>) => ({ checkoutToken: query.checkout ?? 'none' });

const readCheckout = ({ api, query }: Asking): Promise<CheckoutState> =>
  api.read(publicCheckoutRoutes.read, { params: paramsOf({ query }) });

/** A cut-off address leads to the offer's own page. */
async function withCheckout(
  call: PageCall,
  then: (checkout: CheckoutState) => Promise<PageAnswer>,
): Promise<PageAnswer> {
  try {
    return await then(await readCheckout(call));
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    return withOffer(call, async ({ id }) => redirect(inSite(siteOf(call), `/join/${id}`)));
  }
}

type Tried = { form: FormState; problem: ProblemBody | null; status: number };
const UNTRIED: Tried = { form: EMPTY_FORM, problem: null, status: 200 };

function shown(checkout: CheckoutState, call: PageCall, tried = UNTRIED): PageAnswer {
  const { visitor, query } = call;
  const { state } = checkout;
  const isLoggedIn = visitor?.kind === 'customer' && visitor.email === checkout.email;
  const body = viewOf({
    checkout,
    isLoggedIn,
    site: siteOf(call),
    token: encodeURIComponent(query.checkout ?? ''),
    ...tried,
  });
  return page(state === 'bought' ? 'Thank you' : checkout.offer.name, body, tried.status);
}

function viewOf(shown: BoughtProps): ReactNode {
  const { checkout } = shown;
  switch (checkout.state) {
    case 'bought':
      return <Bought {...shown} />;
    case 'sent_back':
      return <SentBack {...shown} />;
    case 'over':
      return <Over {...shown} />;
    case 'waiting':
      return <Waiting {...shown} />;
  }
}

const Waiting = ({ checkout: { offer }, site, token }: BoughtProps) => (
  <section className="lone">
    <h1>One moment, please</h1>
    <p aria-busy="true">We are waiting for Stripe to confirm that {offer.name} is paid.</p>
    <p>
      This takes a few seconds, and the page continues by itself. If it does not,{' '}
      <a href={`?checkout=${token}`}>refresh it</a>. A bank debit takes days: then your confirmation comes by email.
    </p>
    <p className="quiet">
      Nothing after a few minutes? Write to <Support site={site} />. You will not be charged twice.
    </p>
  </section>
);

const Over = ({ checkout: { offer }, site }: BoughtProps) => (
  <section className="lone">
    <h1>This payment was not made</h1>
    <p>The payment page has expired, and nothing was charged.</p>
    <p>
      <a href={inSite(site, `/join/${offer.id}`)}>Start again with {offer.name}</a>
    </p>
  </section>
);

const SentBack = ({ checkout: { offer }, site, isLoggedIn }: BoughtProps) => (
  <section className="lone">
    <h1>You have {offer.name} already</h1>
    <p>This second payment is being refunded in full. What you have goes on as before.</p>
    <GoOn isLoggedIn={isLoggedIn} site={site} />
  </section>
);

type BoughtProps = Tried & { checkout: CheckoutState; site: Site; isLoggedIn: boolean; token: string };

const Bought = ({ checkout, isLoggedIn, site, form, problem }: BoughtProps) => (
  <section className="lone">
    <h1>Thank you – {checkout.offer.name} is yours</h1>
    {checkout.email === null ? (
      <p>We sent a confirmation to the address that you gave.</p>
    ) : (
      <p>
        A confirmation is on its way to <strong>{checkout.email}</strong>.
      </p>
    )}
    {checkout.canSetPassword && checkout.email !== null ? (
      <SetPassword email={checkout.email} form={form} problem={problem} />
    ) : (
      <GoOn isLoggedIn={isLoggedIn} site={site} />
    )}
  </section>
);

const SetPassword = ({ email, form, problem }: Pick<BoughtProps, 'form' | 'problem'> & { email: string }) => (
  <>
    <h2>Choose a password to begin</h2>
    <Trouble problem={problem} />
    <form method="post">
      <input type="hidden" name="_email" autoComplete="username" value={email} />
      <NewPassword form={form} />
      <button className="primary">Set password and continue</button>
    </form>
    <p className="quiet">You can also do this later: we can email you a login link at any time.</p>
  </>
);

const GoOn = ({ isLoggedIn, site }: Pick<BoughtProps, 'isLoggedIn' | 'site'>) =>
  isLoggedIn ? (
    <p>
      <a className="btn primary" href={inSite(site, '/library')}>
        Go to your library
      </a>
    </p>
  ) : (
    <>
      <p>Log in to use it. If you have no password yet, we can email you a login link.</p>
      <p>
        <a className="btn primary" href={inSite(site, '/login')}>
          Log in
        </a>
      </p>
    </>
  );
