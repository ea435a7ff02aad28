import type { EntityManager } from '@mikro-orm/postgresql';
import { scopeTo } from '../../db/account-scope.ts';
import { bindAsker } from '../../db/asker.ts';
import { nowOf } from '../../db/clock/account-clock.ts';
import { Account } from '../../db/entities/account.ts';
import {
  claimRequest,
  NO_ACCOUNT,
  OWN_SPACE,
  requestHash,
  storeAnswer,
  type KeyedRequest,
} from '../../db/inbox/idempotency.ts';
import type { Orm } from '../../db/orm.ts';
import { countHit } from '../../db/rate-limits.ts';
import { log } from '../../log.ts';
import { accountOf, type Customer, type LoggedIn } from '../auth/authenticate.ts';
import { checkOpen } from '../auth/check-open.ts';
import type { Caller } from '../auth/caller.ts';
import { networkOf } from '../auth/network-of.ts';
import { askerFrom, askerOf } from '../auth/asker-of.ts';
import { seal, unseal } from '../../db/seal.ts';
import { checkInput, isStorable, shortened } from './check-input.ts';
import { invalid, notFound, Problem } from './problem.ts';
import type { Route, Served } from './route.ts';
import { told, type Asked } from './tell-request.ts';
import type { SecretKey } from '../../db/signature.ts';

export type ServeDeps = { orm: Orm; secretKey: SecretKey };

/** A request as the pipeline sees it, whether it came over HTTP or from one of our own pages. */
export type Asking = {
  method: string;
  /** Path and query as they were asked: part of what an Idempotency-Key is bound to. */
  url: string;
  params: Record<string, string>;
  query: Record<string, unknown>;
  readJson: () => unknown;
  idempotencyKey: string | undefined;
  requestId: string;
  /** The account that an operator names. */
  accountId: string | undefined;
  /** The network of the caller; '' if it is not known any more. */
  ip: string;
  /** The bearer token; null for pages. */
  token: string | null;
  /** Who asks; each throws Problem 401. */
  caller: (em: EntityManager) => Promise<Caller>;
  customer: (em: EntityManager) => Promise<Customer>;
  /** The same of an admin, for what is their own. */
  admin: (em: EntityManager) => Promise<LoggedIn>;
};

type RawCall = { keyed: KeyedRequest | null; body: unknown; em: Orm['em']; who: Who; [part: string]: unknown };

type Who = { caller: Caller | null; account: Account | null; customer: Customer | null; admin: LoggedIn | null };

const NOBODY: Who = { caller: null, account: null, customer: null, admin: null };

/** Takes one request through its route: caller, role, schema, stored answer, handler. */
export async function serveRoute<D extends ServeDeps>(route: Route<D>, asking: Asking, deps: D): Promise<Served> {
  const em = deps.orm.em.fork();
  await checkRate(route, asking, em);
  bindAsker(em, askerFrom(asking));
  const who = await WHO[route.scope](route, asking, em);
  bindAsker(em, await askerOf(em, who, asking));
  if (who.account) scopeTo(em, who.account.id);
  const { customer, admin, ...rest } = who;
  const call: RawCall = {
    ...rest,
    who,
    ...customer,
    ...admin,
    params: readParams(route, asking),
    query: route.query ? checkInput(route.query, { ...asking.query }, 'query') : withoutQuery(asking),
    body: undefined,
    em,
    keyed: null,
    requestId: asking.requestId,
    ip: asking.ip,
    token: asking.token,
    visitor: () => visitorOf(asking, deps.orm.em.fork()),
    now: who.account && nowOf(who.account),
  };
  if (route.method === 'get') return handle(route, call, deps);
  const json = asking.readJson();
  if (customer) checkMayChange(customer, route, route.body && json);
  call.body = route.body ? checkInput(route.body, json, 'body') : undefined;
  if (customer) checkMayChange(customer, route, call.body);
  call.keyed = readKey(asking, json, who);
  return route.writes === 'own' ? handle(route, call, deps) : inTransaction(route, call, deps);
}

/** Read apart from what the route reads, which changes them. */
async function visitorOf(asking: Asking, em: EntityManager): Promise<Customer | null> {
  try {
    return await asking.customer(em);
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_authenticated') return null;
    throw error;
  }
}

/** One count for all processes and for pages, which ask the same routes. @throws Problem 429 */
async function checkRate({ method, path, perMinute }: Route, { ip }: Asking, em: EntityManager): Promise<void> {
  if (perMinute === undefined) return;
  const limit = { what: `${method} ${path}`, whom: networkOf(ip), most: perMinute, windowSeconds: 60 };
  const wait = await countHit(em, limit);
  if (wait === 0) return;
  const headers = { 'Retry-After': String(wait) };
  throw new Problem(429, 'too_many_requests', { detail: 'Too many tries; wait a minute.', headers });
}

/** Who asks, by the scope of the route. */
const WHO: Record<Route['scope'], (route: Route, asking: Asking, em: EntityManager) => Promise<Who>> = {
  public: async () => NOBODY,
  async customer(_route, asking, em) {
    const customer = await asking.customer(em);
    const account = await em.findOneOrFail(Account, { id: customer.contact.accountId });
    return { ...NOBODY, account, customer };
  },
  async platform(route, asking, em) {
    return { ...NOBODY, caller: await callerOf(route, asking, em) };
  },
  async admin(_route, asking, em) {
    const admin = await asking.admin(em);
    return { ...NOBODY, caller: admin.caller, admin };
  },
  async account(route, asking, em) {
    const caller = await callerOf(route, asking, em);
    const account = await accountOf(asking.accountId, em, caller);
    checkOpen(account, caller, route);
    return { ...NOBODY, caller, account };
  },
};

/**
 * Whoever looks at a real customer's pages changes nothing in their name [R16.1]. `body`: what the
 * route looks at, before and after its schema, since one that knows no `dryRun` does it.
 */
function checkMayChange({ contact, session }: Customer, { isReading }: Route, body: unknown): void {
  const isDry = typeof body === 'object' && body !== null && 'dryRun' in body && body.dryRun === true;
  if (session.previewId === null || contact.isTest || isReading || isDry) return;
  throw new Problem(403, 'preview_read_only', {
    detail: 'You only look at this customer’s pages: nothing can be changed here.',
  });
}

async function callerOf(route: Route, asking: Asking, em: EntityManager): Promise<Caller> {
  const caller = await asking.caller(em);
  if (!route.roles.includes(caller.role))
    throw new Problem(403, 'forbidden', { detail: `The role ${caller.role} may not do this.` });
  if (caller.mustEnrol)
    throw new Problem(403, 'second_factor_required', {
      detail: 'Set up a second factor first: your account asks for it.',
    });
  return caller;
}

function readParams(route: Route, asking: Asking): unknown {
  const read = route.params?.safeParse(asking.params);
  if ((read && !read.success) || !Object.values(asking.params).every(isStorable)) throw notFound('address');
  return read?.data ?? {};
}

function withoutQuery({ query }: Asking): object {
  const [name] = Object.keys(query);
  if (name === undefined) return {};
  throw invalid(shortened(name), 'is not a parameter of this request');
}

/**
 * A key belongs to its caller. Anonymous callers have none: nobody may get an answer that was meant
 * for another stranger.
 */
function readKey({ idempotencyKey: key, method, url }: Asking, json: unknown, who: Who): KeyedRequest | null {
  if (key === undefined) return null;
  if (key.length < 1 || key.length > 255) throw invalid('Idempotency-Key', 'must have 1 to 255 characters');
  // No header can hold it, but a form's field can.
  if (key.includes('\0')) throw invalid('Idempotency-Key', 'must not have a zero character');
  const { account, caller, customer } = who;
  const accountId = account?.id ?? NO_ACCOUNT;
  const asked = { accountId, key, requestHash: requestHash(method, url, json) };
  if (customer) return { ...asked, space: customer.contact.id, caller: customer.contact.id };
  return caller && { ...asked, space: OWN_SPACE, caller: caller.actor.id };
}

/** The effect and the stored answer are committed together. */
async function inTransaction<D extends ServeDeps>(route: Route<D>, call: RawCall, deps: D): Promise<Served> {
  const { secretKey } = deps;
  const later: (() => Promise<void>)[] = [];
  const answer = await call.em.transactional(async (tx): Promise<Served> => {
    if (call.keyed) {
      const claim = await claimRequest(tx, call.keyed, null);
      if (claim.kind === 'reused') throw keyReused();
      if (claim.kind === 'known')
        return replay(claim.status, route.isSecret ? unseal(claim.body as never, secretKey) : claim.body);
    }
    const served = await handle(route, { ...call, em: tx }, deps, later);
    if (call.keyed) {
      const body = route.isSecret ? seal(served.body, secretKey) : served.body;
      await storeAnswer(tx, call.keyed, { status: served.status, body });
    }
    return served;
  });
  for (const work of later) void work().catch((error: unknown) => log.warn({ error }, 'after_commit.failed'));
  return answer;
}

const handle = <D>(route: Route<D>, call: RawCall, deps: D, later: (() => Promise<void>)[] = []): Promise<Served> => {
  const { em, who: _who, ...rest } = call;
  const afterCommit = (work: () => Promise<void>) => void later.push(work);
  const given = { ...rest, [IS_SCOPED[route.scope] ? 'em' : 'unscoped']: em, afterCommit };
  return told(route.audit, toTell(route, call), () => route.handle(given as never, deps));
};

function toTell({ method }: Route, { em, who: { account, customer, admin }, ...call }: RawCall): Asked {
  const params = call.params as Record<string, string>;
  const customerIs = customer && { subject: 'contact' as const, id: customer.contact.id };
  const own = admin ? { subject: 'admin' as const, id: admin.admin.id } : customerIs;
  const body = method === 'get' ? call.query : call.body;
  return { em, params, body, own, accountId: account?.id ?? params.accountId ?? null };
}

const IS_SCOPED: Record<Route['scope'], boolean> = {
  account: true,
  customer: true,
  platform: false,
  admin: false,
  public: false,
};

export const keyReused = (): Problem =>
  new Problem(422, 'idempotency_key_reused', {
    detail: 'This Idempotency-Key was used for another request, or so long ago that its answer is no longer kept.',
    field: 'Idempotency-Key',
  });

/** The answer that was given the first time. */
export const replay = (status: number | null, body: unknown): Served => ({
  status: status ?? 200,
  body: body ?? undefined,
  headers: { 'Idempotency-Replayed': 'true' },
});
