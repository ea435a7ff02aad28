import type { z } from 'zod';
import type { ProblemBody } from '../../../http/problem.ts';
import { mySessionRoutes } from '../../../people/my-sessions.ts';
import { EMPTY_FORM } from '../../form.ts';
import { inSite, OF_SITE, page, redirect, siteOf, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import type { Site } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { Badge } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { Told } from '../notices.tsx';
import { Trouble } from '../purchase/trouble.tsx';

type Session = z.output<(typeof mySessionRoutes.list.answers)[200]>['data'][number];

/** Where a customer is logged in; each place can be ended [R14.1]. */
export const mySessionsPage: Page = {
  path: `${OF_SITE}/sessions`,
  audience: 'customer',
  show: (call) => shown(call),
  async submit(call, { step, key }) {
    const answer =
      step === 'others'
        ? await call.api.ask(mySessionRoutes.endOthers, { key })
        : await call.api.ask(mySessionRoutes.endOne, { params: { sessionId: step || 'none' }, key });
    if (answer.isDone) return redirect(inSite(siteOf(call), '/sessions?notice=session-ended'));
    return shown(call, answer.problem, answer.status);
  },
};

async function shown(call: PageCall, problem: ProblemBody | null = null, status = 200): Promise<PageAnswer> {
  const { data: sessions } = await call.api.read(mySessionRoutes.list, {});
  const view = { sessions, problem, notice: call.query.notice, site: siteOf(call) };
  return page('Where you are logged in', <Sessions {...view} />, status);
}

type Shown = { sessions: Session[]; problem: ProblemBody | null; notice: string | undefined; site: Site };

const Sessions = ({ sessions, problem, notice, site }: Shown) => (
  <>
    <div className="head">
      <h1>Where you are logged in</h1>
      <a href={inSite(site, '/library')}>Back to your library</a>
    </div>
    <Told notice={notice} />
    <Trouble problem={problem} />
    {sessions.map((session) => (
      <SessionBox key={session.id} session={session} site={site} />
    ))}
    {sessions.length > 1 ? (
      <form method="post">
        <FormKey form={EMPTY_FORM} />
        <button name="_step" value="others">
          Log out everywhere else
        </button>
      </form>
    ) : (
      <p className="quiet">You are logged in nowhere else.</p>
    )}
  </>
);

const SessionBox = ({ session: { id, begunBy, createdAt, expiresAt, isCurrent }, site }: BoxProps) => (
  <article className="box stack" aria-labelledby={`session-${id}`}>
    <div className="head">
      <div>
        <h2 id={`session-${id}`}>
          <When at={createdAt} site={site} />
        </h2>
        <p className="quiet">
          Logged in {BEGUN_BY[begunBy]}, until <When at={expiresAt} site={site} />.
        </p>
      </div>
      {isCurrent ? <Badge tone="plain">This browser</Badge> : null}
    </div>
    {isCurrent ? null : (
      <form method="post" className="actions">
        <FormKey form={EMPTY_FORM} />
        <button name="_step" value={id}>
          Log out there
        </button>
      </form>
    )}
  </article>
);

const BEGUN_BY: Record<Session['begunBy'], string> = {
  password: 'with the password',
  link: 'by a link from an email',
  passkey: 'with a passkey',
};

type BoxProps = { session: Session; site: Site };
