import { notFound, Problem, problemBody, type ProblemBody } from '../http/problem.ts';
import type { Route } from '../http/route.ts';
import { serveRoute, type Asking, type ServeDeps } from '../http/serve.ts';

/** What the API answered to a form: the body of a success, or the problem. */
export type Answered<Body> =
  { isDone: true; status: number; body: Body } | { isDone: false; status: number; problem: ProblemBody };

/** The HTTP API without the HTTP: same routes, roles, schemas and answers, so that a page can do nothing that the API would not. */
export type InProcessApi = {
  /** Reads. @throws Problem as the API would answer */
  get: <Body>(path: string) => Promise<Body>;
  /** Asks for a change; what is refused comes back as data, for the form to show. */
  send: <Body>(method: 'post' | 'patch' | 'delete', path: string, asked: Asked) => Promise<Answered<Body>>;
};

export type Asked = {
  body?: unknown;
  /** The form's Idempotency-Key: pressed twice, done once. */
  key?: string;
};

type Identity = Pick<Asking, 'accountId' | 'caller' | 'customer' | 'requestId' | 'ip'>;

export function createInProcessApi(routes: readonly Route[], deps: ServeDeps, identity: Identity): InProcessApi {
  const ask = (method: string, url: string, { body, key }: Asked) => {
    // Not as a browser reads an address: `..` in the place of an id is an id that nothing has.
    const [pathname = '', ...search] = url.split('?');
    const { route, params } = findRoute(routes, method, pathname);
    const query = Object.fromEntries(new URLSearchParams(search.join('?')));
    const asked = { method: method.toUpperCase(), url, params, query, idempotencyKey: key, token: null };
    return serveRoute(route, { ...identity, ...asked, readJson: () => body ?? {} }, deps);
  };
  return {
    get: async <Body>(path: string) => (await ask('get', path, {})).body as Body,
    async send<Body>(method: string, path: string, asked: Asked): Promise<Answered<Body>> {
      try {
        const { status, body } = await ask(method, path, asked);
        if (status >= 400) return { isDone: false, status, problem: body as ProblemBody };
        return { isDone: true, status, body: body as Body };
      } catch (error) {
        if (!(error instanceof Problem) || error.code === 'not_authenticated' || error.status === 404) throw error;
        return { isDone: false, status: error.status, problem: problemBody(error, identity.requestId) };
      }
    },
  };
}

/** The route of a path, by the path's own segments. @throws Problem 404 for one that no route has, such as an id with a slash in it */
function findRoute(routes: readonly Route[], method: string, pathname: string) {
  const asked = pathname.split('/');
  for (const route of routes) {
    const segments = route.path.split('/');
    if (route.method !== method || segments.length !== asked.length) continue;
    const params: Record<string, string> = {};
    const fits = segments.every((segment, index) => {
      const [, name] = /^\{(\w+)\}$/.exec(segment) ?? [];
      if (name) params[name] = decodeURIComponent(asked[index] ?? '');
      return name !== undefined || segment === asked[index];
    });
    if (fits) return { route, params };
  }
  throw notFound('address');
}
