import { Router, type Request, type RequestHandler, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { askingOf } from './asking.ts';
import { located } from './location.ts';
import { Problem } from './problem.ts';
import { sendProblem, sendServed } from './send.ts';
import type { Method, Route } from './route.ts';
import { serveRoute, type ServeDeps } from './serve.ts';

/** All routes as one Express router. A known path answers 405 with `Allow` to a method that it does not have. */
export function routerOf(routes: readonly Route[], deps: ServeDeps): Router {
  const router = Router({ caseSensitive: true });
  for (const [path, methods] of byPath(routes)) {
    const handlers = new Map([...methods].map(([method, route]) => [method, handlersOf(route, deps)]));
    const allow = allowOf([...methods.keys()]);
    router.all(path.replaceAll(/\{(\w+)\}/g, ':$1'), (request, response, next) => {
      const method = request.method === 'HEAD' ? 'get' : request.method.toLowerCase();
      const chain = handlers.get(method as Method);
      if (chain) return runChain(chain, request, response, next);
      response.set('Allow', allow);
      if (method === 'options') return void response.status(204).end();
      throw new Problem(405, 'method_not_allowed', { detail: `${request.method} is not possible here; ${allow} are.` });
    });
  }
  return router;
}

function byPath(routes: readonly Route[]): Map<string, Map<Method, Route>> {
  const paths = new Map<string, Map<Method, Route>>();
  for (const route of routes) {
    const methods = paths.get(route.path) ?? new Map<Method, Route>();
    if (methods.has(route.method)) throw new Error(`${route.method} ${route.path} is defined twice`);
    paths.set(route.path, methods.set(route.method, route));
  }
  return paths;
}

const allowOf = (methods: Method[]): string =>
  [...methods.map((method) => method.toUpperCase()), ...(methods.includes('get') ? ['HEAD'] : []), 'OPTIONS'].join(
    ', ',
  );

function handlersOf(route: Route, deps: ServeDeps): RequestHandler[] {
  // Behind the rate limit nobody awaits this: what it throws is handed on.
  const serve: RequestHandler = (request, response, next) => {
    const requestId = String(response.locals.requestId);
    serveRoute(route, askingOf(request, requestId, deps.secretKey), deps).then(
      (served) => sendServed(response, located(route, request.params as Record<string, string>, served)),
      next,
    );
  };
  return route.perMinute === undefined ? [serve] : [limited(route.perMinute), serve];
}

const limited = (perMinute: number): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) =>
      sendProblem(response, new Problem(429, 'too_many_requests', { detail: 'Too many tries; wait a minute.' })),
  });

function runChain(
  chain: RequestHandler[],
  request: Request,
  response: Response,
  next: (error?: unknown) => void,
): unknown {
  const [first, ...rest] = chain;
  if (!first) return next();
  return first(request, response, (error?: unknown) => (error ? next(error) : runChain(rest, request, response, next)));
}
