import type { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { Problem, problemBody, type ProblemBody } from '../http/problem.ts';
import type { AnswerSchemas, Route, Served, TypedRoute } from '../http/route.ts';
import { serveRoute, type Asking } from '../http/serve.ts';
import type { AsTyped } from './form.ts';

type BodyOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** What the API answered to a form: one of the route's own answers, or the problem. */
export type Answered<A extends AnswerSchemas> = Done<A> | { isDone: false; status: number; problem: ProblemBody };

type Done<A extends AnswerSchemas> = {
  [Status in keyof A & number]: { isDone: true; status: Status; body: BodyOf<A[Status]> };
}[keyof A & number];

type Nothing = Record<never, never>;

/** A part of a request by its name; it may be left out where the route asks for nothing. */
type Part<Name extends string, Asked, Typed = never> = undefined extends Asked
  ? { [Key in Name]?: Asked | Typed }
  : Nothing extends Asked
    ? { [Key in Name]?: Asked | Typed }
    : { [Key in Name]: Asked | Typed };

/**
 * The HTTP API without HTTP: the same routes, roles, schemas and answers, so that a page can do
 * nothing that the API would not. What a page says itself is checked by the route's types; what
 * people typed, by the route's schemas when it is asked.
 */
export type InProcessApi = {
  /** Reads. @throws Problem as the API would answer */
  read: <P extends z.ZodType, Q extends z.ZodType, A extends AnswerSchemas>(
    route: TypedRoute<'get', P, Q, z.ZodType, A, ApiDeps>,
    asked: Part<'params', z.input<P>> & Part<'query', z.input<Q>, AsTyped<string | undefined>>,
  ) => Promise<Done<A>['body']>;
  /** Asks for a change; what is refused comes back as data, for the form to show. */
  ask: <P extends z.ZodType, B extends z.ZodType, A extends AnswerSchemas>(
    route: TypedRoute<'post' | 'put' | 'patch' | 'delete', P, z.ZodType, B, A, ApiDeps>,
    asked: Part<'params', z.input<P>> &
      Part<'body', z.input<B>, AsTyped<unknown>> & {
        /** The form's Idempotency-Key: pressed twice, done once. */
        key?: string | undefined;
      },
  ) => Promise<Answered<A>>;
};

/** The same without the types: a request as it is carried out. */
type Request = { params?: unknown; query?: unknown; body?: unknown; key?: string | undefined };

type Identity = Pick<Asking, 'accountId' | 'caller' | 'customer' | 'admin' | 'requestId' | 'ip'>;

export function createInProcessApi(deps: ApiDeps, identity: Identity): InProcessApi {
  const serve = (route: Route<ApiDeps>, { params, query, body, key }: Request): Promise<Served> => {
    const asked = { params: textsOf(params), query: textsOf(query) };
    const url = addressOf(route.path, asked.params, asked.query);
    const request = { method: route.method.toUpperCase(), url, idempotencyKey: key, token: null };
    return serveRoute(route, { ...identity, ...asked, ...request, readJson: () => body ?? {} }, deps);
  };
  return {
    read: async (route, asked) => answerOf(route, await serve(route, asked)).body,
    async ask(route, asked) {
      try {
        const served = await serve(route, asked);
        if (served.status >= 400) return { isDone: false, status: served.status, problem: served.body as ProblemBody };
        return answerOf(route, served);
      } catch (error) {
        if (!(error instanceof Problem) || error.code === 'not_authenticated' || error.status === 404) throw error;
        return { isDone: false, status: error.status, problem: problemBody(error, identity.requestId) };
      }
    },
  };
}

/**
 * Answers have the types of the route's schemas: its handler is checked against them, and so is
 * every answer in the tests.
 */
const answerOf = <A extends AnswerSchemas>(_route: { answers: A }, { status, body }: Served): Done<A> =>
  ({ isDone: true, status, body }) as Done<A>;

/** Blank says nothing, as in an address. */
const textsOf = (given: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given ?? {}).flatMap(([name, text]) =>
      typeof text === 'string' && text !== '' ? [[name, text]] : [],
    ),
  );

function addressOf(path: string, params: Record<string, string>, query: Record<string, string>): string {
  const pathname = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  return search === '' ? pathname : `${pathname}?${search}`;
}
