import type { z } from 'zod';
import type { Scoped, Unscoped } from '../../db/account-scope.ts';
import type { Account } from '../../db/entities/account.ts';
import type { Contact } from '../../db/entities/contact.ts';
import type { Session } from '../../db/entities/session.ts';
import type { KeyedRequest } from '../../db/inbox/idempotency.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Actor, Role } from '../../workflows/domain/verb.ts';
import type { Customer, LoggedIn } from '../auth/authenticate.ts';
import type { Caller } from '../auth/caller.ts';
import type { Audit } from './audit.ts';
import type { Tag } from './tags.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Every write names what it leaves; what only reads may, as an export does. */
type Audited<M extends Method> = M extends 'get' ? { audit?: Audit } : { audit: Audit };

/** A file that an answer is, of this type and to be kept under this name. */
export type FileOf = { type: string; name: string };

/** Status -> schema of its body; null = none. */
export type AnswerSchemas = Record<number, z.ZodType | null>;

/** An answer whose type is not known: another route's, or one that was stored. */
export type Served = { status: number; body?: unknown; headers?: Record<string, string> | undefined };

type BodyOf<Schema> = Schema extends z.ZodType ? { body: z.input<Schema> } : { body?: undefined };

export type AnswerOf<Schemas extends AnswerSchemas> = {
  [Status in keyof Schemas & number]: { status: Status; headers?: Record<string, string> } & BodyOf<Schemas[Status]>;
}[keyof Schemas & number];

/**
 * What every handler gets. Its unit of work is the request's own, and the transaction's where the
 * route writes in one.
 */
export type Call<Params, Query, Body> = {
  params: Params;
  query: Query;
  body: Body;
  keyed: KeyedRequest | null;
  requestId: string;
  /** The network of the caller, by which too many attempts are counted. */
  ip: string;
  /** The bearer token as it was sent; null for pages. */
  token: string | null;
  /** Runs after the transaction is committed. It may be lost without harm. */
  afterCommit: (work: () => Promise<void>) => void;
};

export type AccountCall<Params, Query, Body> = Call<Params, Query, Body> & {
  em: Scoped;
  caller: Caller;
  account: Account;
  /** The account's own now: a test account lives by its clock [R23.3]. */
  now: Instant;
};

/** An admin of an account, who acts on what was bought for it; `em` is inside of that account. */
export type Team = { forAccountId: string; actor: Actor; em: Scoped };

export type CustomerCall<Params, Query, Body> = Call<Params, Query, Body> & {
  em: Scoped;
  contact: Contact;
  /** Who asks in the contact's place; absent = they do themselves. */
  team?: Team | undefined;
  session: Session;
  account: Account;
  now: Instant;
};

/** An admin or operator who is logged in as a person; no account is acted on. */
export type AdminCall<Params, Query, Body> = PublicCall<Params, Query, Body> & LoggedIn;

export type PublicCall<Params, Query, Body> = Call<Params, Query, Body> & {
  unscoped: Unscoped;
  /** The customer who is logged in where it is asked from; null: nobody is. */
  visitor: () => Promise<Customer | null>;
};

export type PlatformCall<Params, Query, Body> = PublicCall<Params, Query, Body> & { caller: Caller };

type Nothing = Record<string, never>;
type NoFields = z.ZodType<Nothing, Nothing>;
type NoBody = z.ZodType<undefined, undefined>;

type Shape<M extends Method, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends AnswerSchemas> = {
  method: M;
  /** As OpenAPI writes it: `/v1/purchases/{purchaseId}`. */
  path: string;
  tag: Tag;
  /** What generated clients call it: a verb and its object, `pausePurchase`. */
  operationId: string;
  summary: string;
  description?: string;
  params?: P;
  query?: Q;
  body?: B;
  /** A body that would be accepted, for the docs. */
  example?: z.input<B>;
  answers: A;
  /**
   * Where to find what a 201 or 202 is about, by a parameter or a field of its body:
   * `/v1/commands/{id}`.
   */
  location?: string;
  /** Statuses of problems beyond those that follow from the rest of the definition. */
  problems?: readonly number[];
  /**
   * Scripts of other sites may ask it, with a body of `text/plain` too: it does nothing in the
   * right of a session.
   */
  isFromAnySite?: boolean;
  /** The answer contains a key or token, so it is stored sealed. */
  isSecret?: boolean;
  /** Its answer is a file of text, whose lines are sent as they are read. */
  file?: FileOf;
  /** It changes nothing, although it is no GET: a body says what is asked for. */
  isReading?: boolean;
  /** The most requests a minute from one network, over all processes; more are refused with 429. */
  perMinute?: number;
};

type Handle<C, A extends AnswerSchemas, D> =
  | { writes?: 'transaction'; handle: (call: C, deps: D) => Promise<AnswerOf<A>> }
  /**
   * The handler stores the idempotency key itself, because its effect is more than one transaction.
   */
  | { writes: 'own'; handle: (call: C, deps: D) => Promise<Served> };

/** A route with the schemas of its input and answers, to which callers in this process are held. */
export type TypedRoute<
  M extends Method,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends AnswerSchemas,
  D = never,
> = Omit<Shape<M, P, Q, B, A>, 'example'> & {
  /** What it leaves in the audit log. */
  audit?: Audit;
  example?: unknown;
  scope: 'account' | 'platform' | 'admin' | 'customer' | 'public';
  roles: readonly Role[];
  writes?: 'transaction' | 'own';
  /** `D`: the dependencies that it gets. */
  handle: (call: never, deps: D) => Promise<Served>;
};

/** A route as the server and the OpenAPI document see it. */
export type Route<D = never> = TypedRoute<Method, z.ZodType, z.ZodType, z.ZodType, AnswerSchemas, D>;

/** A route inside one account, for some of its roles [R2.1]; operators act on any account. */
export const defineRoute = <
  const M extends Method,
  const A extends AnswerSchemas,
  P extends z.ZodType = NoFields,
  Q extends z.ZodType = NoFields,
  B extends z.ZodType = NoBody,
  D = unknown,
>(
  route: Shape<M, P, Q, B, A> &
    Audited<M> & { roles: readonly Role[] } & Handle<AccountCall<z.output<P>, z.output<Q>, z.output<B>>, NoInfer<A>, D>,
): TypedRoute<M, P, Q, B, A, D> => ({ ...route, scope: 'account' });

/** A route of the platform's own, for operators. */
export const definePlatformRoute = <
  const M extends Method,
  const A extends AnswerSchemas,
  P extends z.ZodType = NoFields,
  Q extends z.ZodType = NoFields,
  B extends z.ZodType = NoBody,
  D = unknown,
>(
  route: Shape<M, P, Q, B, A> & Audited<M> & Handle<PlatformCall<z.output<P>, z.output<Q>, z.output<B>>, NoInfer<A>, D>,
): TypedRoute<M, P, Q, B, A, D> => ({ ...route, scope: 'platform', roles: ['operator'] });

/**
 * A route of an admin's own, asked with the token of their session: it is open to who still has to
 * set up a second factor, and to no API key.
 */
export const defineAdminRoute = <
  const M extends Method,
  const A extends AnswerSchemas,
  P extends z.ZodType = NoFields,
  Q extends z.ZodType = NoFields,
  B extends z.ZodType = NoBody,
  D = unknown,
>(
  route: Shape<M, P, Q, B, A> & Audited<M> & Handle<AdminCall<z.output<P>, z.output<Q>, z.output<B>>, NoInfer<A>, D>,
): TypedRoute<M, P, Q, B, A, D> => ({ ...route, scope: 'admin', roles: [] });

/** A route that anybody may ask. */
export const definePublicRoute = <
  const M extends Method,
  const A extends AnswerSchemas,
  P extends z.ZodType = NoFields,
  Q extends z.ZodType = NoFields,
  B extends z.ZodType = NoBody,
  D = unknown,
>(
  route: Shape<M, P, Q, B, A> & Audited<M> & Handle<PublicCall<z.output<P>, z.output<Q>, z.output<B>>, NoInfer<A>, D>,
): TypedRoute<M, P, Q, B, A, D> => ({ ...route, scope: 'public', roles: [] });

/** A route of a customer's own, asked with the token of their session. */
export const defineCustomerRoute = <
  const M extends Method,
  const A extends AnswerSchemas,
  P extends z.ZodType = NoFields,
  Q extends z.ZodType = NoFields,
  B extends z.ZodType = NoBody,
  D = unknown,
>(
  route: Shape<M, P, Q, B, A> & Audited<M> & Handle<CustomerCall<z.output<P>, z.output<Q>, z.output<B>>, NoInfer<A>, D>,
): TypedRoute<M, P, Q, B, A, D> => ({ ...route, scope: 'customer', roles: [] });
