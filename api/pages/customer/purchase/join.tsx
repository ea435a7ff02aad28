import { publicOfferRoutes } from '../../../catalog/public-offers.ts';
import type { z } from 'zod';
import { Problem, type ProblemBody } from '../../../http/problem.ts';
import type { publicOfferSchema } from '../../../people/customer-schema.ts';
import { EMPTY_FORM, type FormState, refusedForm } from '../../form.ts';
import { inSite, OF_SITE, page, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { priceInWords } from '../../parts/money.tsx';
import { Flag, TextField } from '../../parts/fields.tsx';
import { Paragraphs, Picture } from '../../parts/prose.tsx';
import { isCharged, withoutTrial } from '../../../../workflows/domain/price.ts';
import { OfferTerms, paidWhen } from './price-lines.tsx';
import { CodeBox, codeOf, refusedCode, type AppliedCode } from './code-box.tsx';
import { Support, Trouble } from './trouble.tsx';

type PublicOffer = z.output<typeof publicOfferSchema>;

/**
 * What a stranger sees of an offer, and where they begin to buy it: their email is asked first
 * [R5.7].
 */
export const joinPage: Page = {
  path: `${OF_SITE}/join/{offerId}`,
  audience: 'public',
  show: (call) =>
    withOffer(call, async (offer) => {
      const code = await codeOf(call, offer);
      return shown(offer, siteOf(call), { email: call.visitor?.email, code });
    }),
  submit: (call, { body, typed }) =>
    withOffer(call, async (offer) => {
      const asked = { ...body, language: call.language ?? undefined };
      const answer = await call.api.ask(publicOfferRoutes.begin, { params: { offerId: offer.id }, body: asked });
      const site = siteOf(call);
      if (answer.isDone && answer.status === 202) return lookIntoInbox(offer, site, typed.email?.at(-1)?.trim() ?? '');
      if (answer.isDone && answer.body.trial === 'had')
        return withoutTrialNow(offer, site, { url: answer.body.url, code: await codeOf(call, offer, typed) });
      if (answer.isDone) return { kind: 'handOver', to: answer.body.url, title: 'Continue to payment' };
      const { status, problem } = answer;
      const code = problem.field === 'promotionCode' ? refusedCode(typed, problem) : await codeOf(call, offer, typed);
      const tried = { form: refusedForm(typed, problem), problem: code?.problem ? null : problem, code };
      return shown(offer, siteOf(call), tried, status);
    }),
};

/** The same whatever the address has here, and in whichever state it is [R5.7]. */
const lookIntoInbox = ({ id, price }: PublicOffer, site: Site, email: string): PageAnswer =>
  page(
    'Check your inbox',
    <section className="lone">
      <h1>Check your inbox</h1>
      {isCharged(price) ? (
        <p>
          We cannot continue to payment with <strong>{email}</strong>. An email that says what to do instead is on its
          way there; we send at most three an hour.
        </p>
      ) : (
        <p>
          An email with a link is on its way to <strong>{email}</strong>. Open the link to go on; we send at most three
          an hour.
        </p>
      )}
      <p>
        Nothing after a few minutes? Check your spam folder, or write to <Support site={site} />.
      </p>
      <p>
        <a href={inSite(site, `/join/${id}`)}>Use another address</a>
      </p>
    </section>,
  );

type Begun = { url: string; code: AppliedCode | null };

/** Said before anything is paid: this time it begins with the first payment [R4.5]. */
const withoutTrialNow = ({ id, price, trialOnce }: PublicOffer, site: Site, { url, code }: Begun): PageAnswer =>
  page(
    'Without a trial',
    <section className="lone">
      <h1>You have had the free trial</h1>
      <p>
        {trialOnce === 'site' ? `${site.name} gives one trial to each customer.` : 'The trial is given once.'} This time
        the first payment is due now:
      </p>
      <ul className="terms">
        {paidWhen(withoutTrial(price), code?.quote ? [code.quote] : []).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>
        <a className="btn primary" href={url}>
          Continue to payment
        </a>{' '}
        <a href={inSite(site, `/join/${id}`)}>Back</a>
      </p>
    </section>,
  );

type Tried = {
  code?: AppliedCode | null;
  email?: string | undefined;
  form?: FormState;
  problem?: ProblemBody | null;
};

function shown(offer: PublicOffer, site: Site, tried: Tried, status = 200): PageAnswer {
  if (offer.sale === 'open') return page(offer.name, <Offer offer={offer} site={site} {...tried} />, status);
  return page(offer.name, <NotSold offer={offer} site={site} />, 409);
}

/** @returns a page that says so where the site has no such offer */
export async function withOffer(
  call: PageCall,
  then: (offer: PublicOffer) => Promise<PageAnswer>,
): Promise<PageAnswer> {
  const { api, params } = call;
  const site = siteOf(call);
  const none = page('No such offer', <NoOffer site={site} />, 404);
  try {
    const offer = await api.read(publicOfferRoutes.read, { params: { offerId: params.offerId ?? '' } });
    return offer.site.slug === site.slug ? await then(offer) : none;
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    return none;
  }
}

const Offer = ({
  offer,
  site,
  email,
  form = EMPTY_FORM,
  problem = null,
  code = null,
}: Tried & { offer: PublicOffer; site: Site }) => (
  <section className="lone">
    <Picture url={offer.imageUrl} />
    <h1>{offer.name}</h1>
    <p className="price">{priceInWords(offer.price)}</p>
    <Paragraphs text={offer.description} />
    <OfferTerms offer={offer} discounts={code?.quote ? [code.quote] : []} />
    {isCharged(offer.price) ? <CodeBox page={inSite(site, `/join/${offer.id}`)} code={code} /> : null}
    <Products offer={offer} />
    <h2>Your details</h2>
    <Trouble problem={problem} />
    <Details offer={offer} email={email} form={form} code={code} />
    <Policies site={site} />
    <p className="quiet">
      {isCharged(offer.price)
        ? 'You pay on Stripe’s page and come back here.'
        : 'Nothing is paid, and no card is needed: a link that we email you makes it yours.'}{' '}
      Questions? <Support site={site} />
    </p>
  </section>
);

const Details = ({ offer, email, form = EMPTY_FORM, code = null }: Tried & { offer: PublicOffer }) => (
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
    <Flag name="news@flag" label={offer.newsWording} form={form} />
    {code?.quote ? <input type="hidden" name="promotionCode" value={code.text} /> : null}
    <button className="primary">{isCharged(offer.price) ? 'Continue to payment' : 'Email me the link'}</button>
  </form>
);

const Products = ({ offer: { products } }: { offer: PublicOffer }) => (
  <>
    <h2>What you get</h2>
    <ul className="offered">
      {products.map(({ name, description }, index) => (
        <li key={index}>
          <strong>{name}</strong>
          <Paragraphs text={description} />
        </li>
      ))}
    </ul>
  </>
);

/** What somebody agrees to by buying, as far as the site says it. */
function Policies({ site: { name, look } }: { site: Site }) {
  const { termsUrl, privacyUrl } = look;
  if (termsUrl === null && privacyUrl === null) return null;
  return (
    <p className="quiet">
      Before you buy, read {name}’s {termsUrl === null ? null : <a href={termsUrl}>terms</a>}
      {termsUrl !== null && privacyUrl !== null ? ' and ' : null}
      {privacyUrl === null ? null : <a href={privacyUrl}>privacy policy</a>}.
    </p>
  );
}

const NotSold = ({ offer, site }: { offer: PublicOffer; site: Site }) => (
  <section className="lone">
    <h1>{offer.name}</h1>
    <p>
      This offer is no longer sold. If you have bought it, nothing has changed for you:{' '}
      <a href={inSite(site, '/login')}>log in</a>.
    </p>
    <p className="quiet">
      Questions? <Support site={site} />
    </p>
  </section>
);

const NoOffer = ({ site }: { site: Site }) => (
  <section className="lone">
    <h1>There is no such offer</h1>
    <p>The link may be incomplete. Open the whole link again, or ask the person who sent it to you.</p>
    <p>
      Already a customer? <a href={inSite(site, '/login')}>Log in here</a>.
    </p>
  </section>
);
