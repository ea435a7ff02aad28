import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import { log } from '../../log.ts';
import { Problem } from '../http/problem.ts';
import { toProblem } from '../http/faults.ts';
import { sendFile } from '../http/send.ts';
import type { ApiDeps } from '../deps.ts';
import { serveAssets } from './assets.ts';
import { browserLanguage } from './browser-language.ts';
import { cookiesOf } from './cookies.ts';
import { readForm } from './form.ts';
import { readFormTexts } from './form-texts.ts';
import { renderPage } from './frame.tsx';
import { createInProcessApi } from './in-process.ts';
import { checkOrigin } from './origin.ts';
import { inSite, OF_SITE, type Page, type PageAnswer, type PageCall, type Site, type Visitor } from './page.ts';
import { problemPage } from './problem-page.tsx';
import { movedRouter } from './moved.ts';
import { endReplaced, findVisitor, identityOf, siteAt, tokensOf } from './visitor.ts';

const MAX_FORM = '256kb';

/** All pages as one Express router; what no page is at is left to whoever comes next. */
export function pagesRouter(pages: readonly Page[], deps: ApiDeps): Router {
  const router = Router({ caseSensitive: true });
  router.use('/assets', serveAssets());
  router.use(movedRouter(deps));
  const readBytes = express.raw({ type: () => true, limit: MAX_FORM });
  const serve =
    (one: Page, act: Act, watched?: Page['state']): RequestHandler =>
    async (request, response) => {
      await servePage({ one, act, watched, request, response }, deps);
    };
  for (const one of pages) {
    const path = one.path.replaceAll(/\{(\w+)\}/g, ':$1');
    const watched = one.show && one.state;
    if (one.show) router.get(path, serve(one, one.show, watched));
    if (one.download) router.get(`${path}.csv`, serve(one, one.download));
    if (one.state) router.get(`${path === '/' ? '' : path}/state`, serve(one, stateOf(one.state)));
    if (!one.submit) continue;
    router.post(path, readBytes, serve(one, submitted(one, one.submit), watched));
  }
  return router;
}

type Act = (call: PageCall, request: Request) => Promise<PageAnswer | { kind: 'state'; state: string }>;

const stateOf =
  (state: NonNullable<Page['state']>): Act =>
  async (call) => ({ kind: 'state', state: await state(call) });

const submitted =
  ({ foreignForms }: Page, submit: NonNullable<Page['submit']>): Act =>
  async (call, request) => {
    const texts = foreignForms === 'unread' ? {} : readFormTexts(request);
    return submit(call, readForm(texts, call.visitor?.account?.timeZone ?? 'UTC'));
  };

/** `watched`: the state that the page names, where it shows itself anew. */
type Serving = { one: Page; act: Act; watched: Page['state']; request: Request; response: Response };

async function servePage({ one, act, watched, request, response }: Serving, deps: ApiDeps) {
  const requestId = String(response.locals.requestId);
  const cookies = cookiesOf(request, deps.publicUrl);
  const who: Around = { visitor: null, site: null };
  try {
    if (request.method === 'POST' && !one.foreignForms) checkOrigin(request, deps.publicUrl);
    const site = one.path.startsWith(OF_SITE) ? await siteAt(deps.orm.em.fork(), String(request.params.site)) : null;
    if (site && site.slug !== request.params.site) return response.redirect(307, whereNow(site, request));
    who.site = site;
    const identity = { ...identityOf(tokensOf(cookies, site), site), requestId, ip: request.ip ?? '' };
    const visitor = await findVisitor(one.audience, identity, deps.orm.em.fork());
    who.visitor = visitor;
    checkAudience(one, visitor);
    if (enrolsFirst(one, visitor)) return response.redirect(303, OWN_SECURITY);
    if (choosesFirst(one, visitor)) return response.redirect(303, CHOOSE);
    const api = createInProcessApi(deps, identity);
    const publicUrl = deps.publicUrl.replace(/\/+$/, '');
    // Who keeps an account's people has no use for how the work is done.
    const workflowPage = visitor?.role === 'operator' ? deps.workflowPage : () => null;
    const around = { visitor, site, api, requestId, workflowPage, stripePage: deps.stripePage, publicUrl };
    const call: PageCall = { ...readAddress(request), ...around, language: browserLanguage(request) };
    // Read before the content: a change between the two then makes the page refresh once more
    // instead of being missed. If the visitor may not ask, the page itself says so or redirects.
    const state = await watched?.(call).catch(() => undefined);
    const answer = await act(call, request);
    if (answer.kind === 'state') return void response.set('Cache-Control', 'no-store').json({ state: answer.state });
    if (answer.kind === 'redirect' && answer.cookies) {
      await endReplaced(deps.orm.em.fork(), cookies, answer.cookies);
      cookies.write(response, answer.cookies);
    }
    sendAnswer(response, answer, { ...who, path: request.path, state });
  } catch (error) {
    const problem = toProblem(error);
    if (problem.status >= 500) log.error({ error, requestId, method: request.method }, 'page.failed');
    if (problem.code === 'not_authenticated') return response.redirect(303, signInAddress(who.site, request));
    sendProblemPage(response, problem, who);
  }
}

function readAddress({ params, query }: Request): Pick<PageCall, 'params' | 'query'> {
  const texts = Object.entries(query).map(([name, value]) => [name, oneText(name, [value].flat() as string[])]);
  return { params: params as Record<string, string>, query: Object.fromEntries(texts) as Record<string, string> };
}

/** Of a text that is given twice, the last counts; boxes of columns are all meant. */
const oneText = (name: string, texts: string[]) => (name === 'columns' ? texts.join(',') : texts.at(-1));

/** An old address of a site leads to the same page at its new one. */
const whereNow = (site: Site, { originalUrl, params }: Request): string =>
  inSite(site, originalUrl.slice(inSite({ slug: String(params.site) }, '').length));

/** Who must sign in is led there, and back again afterwards. */
function signInAddress(site: Site | null, request: Request): string {
  const to = site ? inSite(site, '/login') : '/sign-in';
  const from = site ? request.originalUrl.slice(inSite(site, '').length) : request.originalUrl;
  return request.method === 'GET' ? `${to}?next=${encodeURIComponent(from)}` : to;
}

function checkAudience({ audience, roles }: Page, visitor: Visitor | null): void {
  if (audience === 'public') return;
  if (!visitor) throw new Problem(401, 'not_authenticated', { detail: 'Sign in first.' });
  if (roles && !roles.some((role) => role === visitor.role))
    throw new Problem(403, 'forbidden', { detail: `The role ${visitor.role} may not do this.` });
}

const CHOOSE = '/accounts';
const OWN_SECURITY = '/security';

/** Of whom a second factor is required goes on once there is one. */
const enrolsFirst = ({ audience, isOwn }: Page, visitor: Visitor | null): boolean =>
  audience === 'admin' && isOwn !== true && visitor?.mustEnrol === true;

/**
 * An operator acts on some account: without a chosen one there is nothing to show but what is the
 * platform's [R2.2].
 */
const choosesFirst = ({ audience, roles, isOwn }: Page, visitor: Visitor | null): boolean =>
  audience === 'admin' &&
  isOwn !== true &&
  visitor?.account === null &&
  roles?.every((role) => role === 'operator') !== true;

type Around = { visitor: Visitor | null; site: Site | null };

function sendAnswer(
  response: Response,
  answer: PageAnswer,
  around: Around & { path: string; state?: string | undefined },
): void {
  response.set('Cache-Control', 'no-store');
  if (around.site) allowImages(response);
  switch (answer.kind) {
    case 'redirect':
      return response.redirect(303, answer.to);
    case 'page':
      return void response
        .status(answer.status ?? 200)
        .type('html')
        .send(renderPage({ ...around, ...answer }));
    case 'handOver':
      response.set('Refresh', `0; url=${answer.to}`);
      return void response.type('html').send(renderPage({ ...around, ...answer, body: null, leadsTo: answer.to }));
    case 'file':
      return void response.attachment(answer.name).type(answer.type).send(contentOf(answer.content));
    case 'stream':
      return sendFile(response, answer, answer.body);
    case 'email':
      response.set('Content-Security-Policy', EMAIL_POLICY).removeHeader('X-Frame-Options');
      return void response.type('html').send(answer.html);
  }
}

const contentOf = (content: string | Uint8Array): string | Buffer =>
  typeof content === 'string' ? content : Buffer.from(content);

/** A site's logo and pictures are kept elsewhere; browsers fetch them, and we never do. */
function allowImages(response: Response): void {
  const policy = String(response.getHeader('Content-Security-Policy'));
  response.set('Content-Security-Policy', policy.replace(/img-src [^;]*/, '$& https:'));
}

/** An email is somebody's HTML: shown in our frame, it runs nothing and leads nowhere. */
const EMAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; frame-ancestors 'self'; sandbox allow-popups";

/**
 * The last handler for people: whoever reads HTML gets a page that says so; everybody else the
 * API's problem.
 */
export const noSuchPage: RequestHandler = (request, response, next) => {
  if (request.path.startsWith('/v1/') || request.accepts(['json', 'html']) !== 'html') return next();
  sendProblemPage(response, new Problem(404, 'not_found', { detail: 'There is nothing at this address.' }), {
    visitor: null,
    site: null,
  });
};

function sendProblemPage(response: Response, problem: Problem, around: Around): void {
  const start = around.site ? inSite(around.site, '/library') : '/';
  if (around.site) allowImages(response);
  const { title, body } = problemPage(problem, { requestId: String(response.locals.requestId ?? ''), start });
  response
    .status(problem.status)
    .set(problem.details.headers ?? {})
    .set('Cache-Control', 'no-store');
  response.type('html').send(renderPage({ ...around, title, body, path: '' }));
}
