import { publicOfferRoutes } from '../../../catalog/public-offers.ts';
import type { z } from 'zod';
import { Problem, type ProblemBody } from '../../../http/problem.ts';
import type { publicOfferSchema } from '../../../people/customer-schema.ts';
import { EMPTY_FORM, type FormState, refusedForm } from '../../form.ts';
import { page, pageOfSite, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { TextField } from '../../parts/fields.tsx';
import { withoutTrial } from '../../../../workflows/domain/price.ts';
import { headline, OfferTerms, paidWhen } from './price-lines.tsx';
import { Support, Trouble } from './trouble.tsx';

type PublicOffer = z.output<typeof publicOfferSchema>;

/**
 * What a stranger sees of an offer, and where they begin to buy it: their email is asked first
 * [R5.7].
 */
export const joinPage: Page = {
  path: '/join/{offerId}',
  audience: 'public',
  show: (call) => withOffer(call, async (offer) => shown(offer, { email: call.visitor?.email })),
  submit: (call, { body, typed }) =>
    withOffer(call, async (offer) => {
      const answer = await call.api.ask(publicOfferRoutes.begin, { params: { offerId: offer.id }, body });
      if (answer.isDone && answer.status === 202) return lookIntoInbox(offer, typed.email?.at(-1)?.trim() ?? '');
      if (answer.isDone && answer.body.trial === 'had') return withoutTrialNow(offer, answer.body.url);
      if (answer.isDone)
        return { kind: 'handOver', to: answer.body.url, title: 'Continue to payment', siteName: offer.site.name };
      const { status, problem } = answer;
      return shown(offer, { form: refusedForm(typed, problem), problem }, status);
    }),
};

/** The same whatever the address has here, and in whichever state it is [R5.7]. */
const lookIntoInbox = ({ id, site }: PublicOffer, email: string): PageAnswer =>
  pageOfSite(
    site.name,
    'Check your inbox',
    <section className="lone">
      <h1>Check your inbox</h1>
      <p>
        We cannot continue to payment with <strong>{email}</strong>. An email that says what to do instead is on its way
        there; we send at most three an hour.
      </p>
      <p>
        Nothing after a few minutes? Check your spam folder, or write to <Support site={site} />.
      </p>
      <p>
        <a href={`/join/${id}`}>Use another address</a>
      </p>
    </section>,
  );

/** Said before anything is paid: this time it begins with the first payment [R4.5]. */
const withoutTrialNow = ({ id, site, price, trialOnce }: PublicOffer, url: string): PageAnswer =>
  pageOfSite(
    site.name,
    'Without a trial',
    <section className="lone">
      <h1>You have had the free trial</h1>
      <p>
        {trialOnce === 'site' ? `${site.name} gives one trial to each customer.` : 'It is given once.'} This time the
        first payment is due now:
      </p>
      <ul className="terms">
        {paidWhen(withoutTrial(price)).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>
        <a className="btn primary" href={url}>
          Continue to payment
        </a>{' '}
        <a href={`/join/${id}`}>Back</a>
      </p>
    </section>,
  );

type Tried = { email?: string | undefined; form?: FormState; problem?: ProblemBody | null };

function shown(offer: PublicOffer, tried: Tried, status = 200): PageAnswer {
  if (offer.sale === 'open') return pageOfSite(offer.site.name, offer.name, <Offer offer={offer} {...tried} />, status);
  return pageOfSite(offer.site.name, offer.name, <NotSold offer={offer} />, offer.sale === 'archived' ? 409 : status);
}

/** @returns a page that says so where there is no such offer */
export async function withOffer(
  { api, params }: PageCall,
  then: (offer: PublicOffer) => Promise<PageAnswer>,
): Promise<PageAnswer> {
  try {
    return await then(await api.read(publicOfferRoutes.read, { params: { offerId: params.offerId ?? '' } }));
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    return page('No such offer', <NoOffer />, 404);
  }
}

const Offer = ({ offer, email, form = EMPTY_FORM, problem = null }: Tried & { offer: PublicOffer }) => (
  <section className="lone">
    <h1>{offer.name}</h1>
    <p className="price">{headline(offer.price)}</p>
    <OfferTerms offer={offer} />
    <Products offer={offer} />
    <h2>Your details</h2>
    <Trouble problem={problem} />
    <form method="post">
      <TextField
        name="email"
        label="Email"
        type="email"
        autoComplete="email"
        form={form}
        initial={email}
        help="You use it to log in, and we send your confirmation there."
        required
      />
      <TextField name="name" label="Name (optional)" autoComplete="name" form={form} />
      <button className="primary">Continue to payment</button>
    </form>
    <p className="quiet">
      You pay on Stripe’s page and come back here. Questions? <Support site={offer.site} />
    </p>
  </section>
);

const Products = ({ offer: { products } }: { offer: PublicOffer }) => (
  <>
    <h2>What you get</h2>
    <ul className="terms">
      {products.map(({ name }, index) => (
        <li key={index}>{name}</li>
      ))}
    </ul>
  </>
);

const NotSold = ({ offer }: { offer: PublicOffer }) => (
  <section className="lone">
    <h1>{offer.name}</h1>
    {offer.sale === 'archived' ? (
      <p>
        This offer is no longer sold. If you have bought it, nothing has changed for you: <a href="/login">log in</a>.
      </p>
    ) : (
      <p>
        This offer is free, and {offer.site.name} grants it by hand. Write to <Support site={offer.site} /> to ask for
        it.
      </p>
    )}
    <p className="quiet">
      Questions? <Support site={offer.site} />
    </p>
  </section>
);

const NoOffer = () => (
  <section className="lone">
    <h1>There is no such offer</h1>
    <p>The link may be incomplete. Open the whole link again, or ask the person who sent it to you.</p>
    <p>
      Already a customer? <a href="/login">Log in here</a>.
    </p>
  </section>
);
