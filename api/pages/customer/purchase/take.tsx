import { freeOfferRoutes } from '../../../purchase/free-offers.ts';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { ProblemBody } from '../../../http/problem.ts';
import type { publicOfferSchema } from '../../../people/customer-schema.ts';
import { inSite, OF_SITE, page, redirect, siteOf, type Page, type PageAnswer, type Site } from '../../page.ts';
import { withOffer } from './join.tsx';
import { Trouble } from './trouble.tsx';

type PublicOffer = z.output<typeof publicOfferSchema>;

/**
 * Where the mailed link to a free offer leads. Opening it takes nothing, since mail programs open
 * links too: the button does [R27.7].
 */
export const takePage: Page = {
  path: `${OF_SITE}/join/{offerId}/take`,
  audience: 'public',
  show: (call) =>
    withOffer(call, async (offer) =>
      call.query.token === undefined
        ? redirect(inSite(siteOf(call), `/join/${offer.id}`))
        : shown(offer, <Confirm problem={null} />),
    ),
  submit: (call) =>
    withOffer(call, async (offer) => {
      const asked = { params: { offerId: offer.id }, body: { token: call.query.token ?? '-' } };
      const answer = await call.api.ask(freeOfferRoutes.take, asked);
      const site = siteOf(call);
      if (answer.isDone)
        return redirect(inSite(site, `/join/${offer.id}/thanks?checkout=${answer.body.checkoutToken}`));
      const { status, problem } = answer;
      if (problem.code === 'token_invalid') return shown(offer, <Over id={offer.id} site={site} />, status);
      if (problem.code === 'already_live') return shown(offer, <Yours site={site} />, status);
      return shown(offer, <Confirm problem={problem} />, status);
    }),
};

const shown = ({ name }: PublicOffer, children: ReactNode, status = 200): PageAnswer =>
  page(
    name,
    <section className="lone">
      <h1>{name}</h1>
      {children}
    </section>,
    status,
  );

const Confirm = ({ problem }: { problem: ProblemBody | null }) => (
  <>
    <Trouble problem={problem} />
    <p>It is free, and one click away from being yours.</p>
    <form method="post">
      <button className="primary">Get it</button>
    </form>
  </>
);

const Over = ({ id, site }: { id: string; site: Site }) => (
  <>
    <p>This link was used already, or is older than 7 days.</p>
    <p>
      If you already have the offer, <a href={inSite(site, '/login')}>log in</a>. If not,{' '}
      <a href={inSite(site, `/join/${id}`)}>ask for another link</a>.
    </p>
  </>
);

const Yours = ({ site }: { site: Site }) => (
  <p>
    You have this already: <a href={inSite(site, '/login')}>log in</a> to use it.
  </p>
);
