import type { ReactNode } from 'react';
import { publicFormRoutes } from '../../../people/public-forms.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { OF_SITE, page, siteOf, type Page, type PageAnswer } from '../../page.ts';
import { Trouble } from '../purchase/trouble.tsx';

const TITLE = 'Confirm your subscription';

/**
 * Where the mailed link leads. Opening it confirms nothing, since mail programs open links too: the
 * button does, once [R3.6].
 */
export const confirmSubscriptionPage: Page = {
  path: `${OF_SITE}/confirm-subscription`,
  audience: 'public',
  async show(call) {
    return call.query.token === undefined
      ? over(422)
      : shown(TITLE, <Confirm name={siteOf(call).name} problem={null} />);
  },
  async submit(call) {
    const answer = await call.api.ask(publicFormRoutes.confirm, { body: { token: call.query.token ?? '-' } });
    if (answer.isDone) return shown('You are subscribed', <Done {...answer.body} />);
    const { status, problem } = answer;
    if (problem.code === 'token_invalid') return over(status);
    return shown(TITLE, <Confirm name={siteOf(call).name} problem={problem} />, status);
  },
};

const shown = (title: string, children: ReactNode, status = 200): PageAnswer =>
  page(
    title,
    <section className="lone">
      <h1>{title}</h1>
      {children}
    </section>,
    status,
  );

const Confirm = ({ name, problem }: { name: string; problem: ProblemBody | null }) => (
  <>
    <Trouble problem={problem} />
    <p>You get news from {name} by email once you confirm that this is your address.</p>
    <form method="post">
      <button className="primary">Confirm</button>
    </form>
  </>
);

const Done = ({ site, email }: { site: { name: string }; email: string }) => (
  <>
    <p>
      <strong>{email}</strong> gets news from {site.name} from now on.
    </p>
    <p className="quiet">Each of these emails has a link that ends them.</p>
  </>
);

const over = (status: number): PageAnswer =>
  shown(
    'This link is used or over',
    <>
      <p>It was already used, or is older than 7 days, or you have unsubscribed since.</p>
      <p>If you have confirmed, you are subscribed and there is nothing more to do. If not, send the form again.</p>
    </>,
    status,
  );
