import { createServer, type IncomingMessage, type Server, type ServerOptions } from 'node:http';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { HEADERS } from './http/headers.ts';
import { type Metrics, healthz, readyz } from './health.ts';
import { answerFault, giveRequestId, noSuchAddress } from './http/faults.ts';
import { traced } from './http/traced.ts';
import { routerOf } from './http/router.ts';
import { DOCS_CSS, docsPage } from './openapi/docs-page.ts';
import { openApiDocument } from './openapi/document.ts';
import type { ApiDeps } from './deps.ts';
import { sendActivityScript } from './pages/assets.ts';
import { pages } from './pages/index.ts';
import { ACTIVITY_SCRIPT } from './people/browser-activity.ts';
import { noSuchPage, pagesRouter } from './pages/serve-pages.ts';
import { receiveWebhooks } from './webhooks/receive.ts';
import { ROUTES } from './routes.ts';

/** Room for a thousand activities. */
const MAX_BODY = '512kb';

/**
 * The whole HTTP side. Webhooks come first: they need their bytes untouched, and nothing in their
 * way.
 */
export function createApi(deps: ApiDeps, metrics: Metrics): Server {
  const faults: Faults = new WeakMap();
  const app = createApp(deps, metrics, faults);
  const receive = receiveWebhooks(deps.webhooks, metrics.countWebhook);
  const answer = traced((request, response) => {
    const received = receive(request, response);
    if (!received) return void app(request, response);
    received.catch((fault: unknown) => {
      faults.set(request, fault);
      app(request, response);
    });
  });
  return createServer(cutAfter(deps.receiveMs), answer);
}

/**
 * Whoever sends a request byte by byte holds a connection no longer than this; how long an answer
 * takes is another matter.
 */
const cutAfter = (receiveMs: number): ServerOptions => ({
  headersTimeout: receiveMs,
  requestTimeout: receiveMs,
  connectionsCheckingInterval: Math.ceil(receiveMs / 30),
});

/** Why a webhook could not be taken: it is answered as any other fault is. */
type Faults = WeakMap<IncomingMessage, unknown>;

function createApp(deps: ApiDeps, metrics: Metrics, faults: Faults): Express {
  const document = whenAsked(() => openApiDocument(ROUTES, deps.publicUrl));
  const page = whenAsked(() => docsPage(document()));
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('trust proxy', deps.trustProxy);
  app.use(giveRequestId, (request, _response, next) => next(faults.get(request)));
  app.use(helmet(HEADERS), metrics.observe);
  app.get('/healthz', healthz);
  app.get('/readyz', readyz(deps));
  app.get('/openapi.json', (_request, response) => void response.json(document()));
  app.get('/docs', (_request, response) => void response.type('html').send(page()));
  app.get('/docs.css', (_request, response) => void response.type('css').send(DOCS_CSS));
  app.get(ACTIVITY_SCRIPT, sendActivityScript);
  app.use(ofPeople(pagesRouter(pages, deps)));
  app.use(express.raw({ type: () => true, limit: MAX_BODY }), routerOf(ROUTES, deps));
  app.use(noSuchPage, noSuchAddress, answerFault);
  return app;
}

/** No page is under `/v1`: what programs ask is not compared with the paths of all pages first. */
const ofPeople =
  (pages: RequestHandler): RequestHandler =>
  (request, response, next) =>
    request.path.startsWith('/v1/') ? next() : pages(request, response, next);

/** Makes it once, and not before: the document of the API takes longer than all else at a start. */
function whenAsked<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
