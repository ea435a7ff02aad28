import { testClockRoutes } from '../../../clock/test-clock.ts';
import { accountTimelineRoutes } from '../../../purchase/account-timeline.ts';
import { purchaseRoutes } from '../../../purchase/purchases.ts';
import { parseInstant } from '../../../../workflows/domain/instant.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { BILLING, EVERYBODY, MONEY_READERS } from '../../../auth/roles.ts';
import { EMPTY_FORM, type Form, type FormState } from '../../form.ts';
import { asMarked } from '../../marked.ts';
import { hasRole, page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { addressWith } from '../../parts/list.tsx';
import type { Clock, ClockShown, Upcoming } from './clock-shown.ts';
import { ClockView, LiveAccount } from './clock-view.tsx';
import { instantInWords } from '../../words/instant.ts';

/** Where a test account's time stands, what is due, and the buttons that move it [R23.3]. */
export const testClockPage: Page = {
  path: '/test-clock',
  audience: 'admin',
  roles: EVERYBODY,
  show: (call) => showClock(call, EMPTY_FORM, null, 200),
  submit: move,
  async state({ api, visitor }) {
    if (visitor?.account?.mode !== 'test') return '';
    const { now, target } = await api.read(testClockRoutes.read, {});
    return `${now} ${target ?? ''}`;
  },
};

async function showClock(
  call: PageCall,
  form: FormState,
  problem: ProblemBody | null,
  status: number,
): Promise<PageAnswer> {
  const site = siteOf(call);
  if (site.mode !== 'test') return page('Test clock', <LiveAccount />);
  const clock = await call.api.read(testClockRoutes.read, {});
  const shown = { site, clock, query: call.query, mayMove: hasRole(call, BILLING), form, problem };
  const mayRead = hasRole(call, MONEY_READERS);
  const upcoming = mayRead ? await upcomingOf(call) : null;
  const way = mayRead ? await wayOf(call, clock) : null;
  return page('Test clock', <ClockView {...shown} upcoming={upcoming} way={way} />, status);
}

async function upcomingOf({ api }: PageCall): Promise<Upcoming[]> {
  const { data } = await api.read(purchaseRoutes.list, { query: { sort: 'nextDue', limit: '15' } });
  return data.filter(({ nextDueAt }) => nextDueAt !== null);
}

async function wayOf({ api, query }: PageCall, { now }: Clock): Promise<ClockShown['way']> {
  const from = parseInstant(query.from ?? '');
  if (from === null) return null;
  const span = { after: from, until: now, cursor: query.cursor };
  return { from, entries: await api.read(accountTimelineRoutes.list, { query: span }) };
}

/** The clock is sent off, and the page shows where it has come to. */
async function move(call: PageCall, { body, typed, key }: Form): Promise<PageAnswer> {
  const { now } = await call.api.read(testClockRoutes.read, {});
  const answer = await call.api.ask(testClockRoutes.advance, { body: { ...body, wait: false }, key });
  if (answer.isDone) return redirect(addressWith('/test-clock', { from: now }, {}));
  const { problem, status } = answer;
  const errors = (problem.errors ?? []).map(({ field, message }) => ({
    field,
    message: inZone(message, siteOf(call)),
  }));
  return showClock(call, { typed, errors }, worded(problem), status);
}

/** The API's instants as the account's wall clock shows them. */
const inZone = (sentence: string, site: Site): string =>
  sentence.replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, (at) => instantInWords(at, site, 'hour'));

function worded(problem: ProblemBody): ProblemBody {
  if (problem.field !== 'by') return asMarked(problem);
  const detail = 'Nothing is due for any purchase of this account. Sell or grant an offer first.';
  return { ...problem, title: 'Nothing is due', detail, errors: [] };
}
