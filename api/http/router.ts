import { Router, type RequestHandler } from 'express';
import { askingOf } from './asking.ts';
import { located } from './location.ts';
import { Problem } from './problem.ts';
import { sendServed } from './send.ts';
import type { Method, Route } from './route.ts';
import { serveRoute, type ServeDeps } from './serve.ts';

/**
 * All routes, with a router for each resource (the second part of a path): Express compares an
 * address with every path of a router. A known path answers 405 with `Allow` to a method that it
 * does not have.
 */
export function routerOf<D extends ServeDeps>(routes: readonly Route<D>[], deps: D): RequestHandler {
  const routers = new Map<string | undefined, Router>();
  for (const [path, methods] of byPath(routes)) {
    const router = routers.get(resourceOf(path)) ?? Router({ caseSensitive: true });
    routers.set(resourceOf(path), router);
    const handlers = new Map([...methods].map(([method, route]) => [method, handlerOf(route, deps)]));
    const allow = allowOf([...methods.keys()]);
    router.all(path.replaceAll(/\{(\w+)\}/g, ':$1'), (request, response, next) => {
      const method = request.method === 'HEAD' ? 'get' : request.method.toLowerCase();
      const handler = handlers.get(method as Method);
      if (handler) return handler(request, response, next);
      response.set('Allow', allow);
      if (method === 'options') return void response.status(204).end();
      throw new Problem(405, 'method_not_allowed', { detail: `${request.method} is not possible here; ${allow} are.` });
    });
  }
  return (request, response, next) => {
    const router = routers.get(resourceOf(request.path));
    return router ? router(request, response, next) : next();
  };
}

const resourceOf = (path: string): string | undefined => path.split('/')[2];

function byPath<D>(routes: readonly Route<D>[]): Map<string, Map<Method, Route<D>>> {
  const paths = new Map<string, Map<Method, Route<D>>>();
  for (const route of routes) {
    const methods = paths.get(route.path) ?? new Map<Method, Route<D>>();
    if (methods.has(route.method)) throw new Error(`${route.method} ${route.path} is defined twice`);
    paths.set(route.path, methods.set(route.method, route));
  }
  return paths;
}

const allowOf = (methods: Method[]): string =>
  [...methods.map((method) => method.toUpperCase()), ...(methods.includes('get') ? ['HEAD'] : []), 'OPTIONS'].join(
    ', ',
  );

function handlerOf<D extends ServeDeps>(route: Route<D>, deps: D): RequestHandler {
  return async (request, response) => {
    const requestId = String(response.locals.requestId);
    if (route.isFromAnySite) response.set('Access-Control-Allow-Origin', '*');
    const served = await serveRoute(route, askingOf(request, requestId, route), deps);
    sendServed(response, located(route, request.params as Record<string, string>, served), route.file);
  };
}
