import type { Request } from 'express';
import { nowOf } from '../../db/account-clock.ts';
import { claimRequest, NO_ACCOUNT, requestHash, storeAnswer, type KeyedRequest } from '../../db/idempotency.ts';
import type { Orm } from '../../db/orm.ts';
import { log } from '../../log.ts';
import { accountOf, authenticate } from '../auth/authenticate.ts';
import { seal, unseal } from '../auth/seal.ts';
import { readJson } from './body.ts';
import { checkInput } from './check-input.ts';
import { notFound, Problem } from './problem.ts';
import type { Route } from './route.ts';

export type Served = { status: number; body?: unknown; headers?: Record<string, string> };

export type ServeDeps = { orm: Orm; secretKey: string };

type RawCall = { keyed: KeyedRequest | null; body: unknown; em: Orm['em']; [part: string]: unknown };

/** One request through its route: who asks, may they, is it well formed, was it asked before, and then the handler. */
export async function serveRoute(route: Route, request: Request, requestId: string, deps: ServeDeps): Promise<Served> {
  const em = deps.orm.em.fork();
  const caller = route.scope === 'public' ? null : await authenticate(request, em, deps.secretKey);
  if (caller && !route.roles.includes(caller.role)) {
    throw new Problem(403, 'forbidden', { detail: `The role ${caller.role} may not do this.` });
  }
  const account = caller && route.scope === 'account' ? await accountOf(request, em, caller) : null;
  const call: RawCall = {
    params: readParams(route, request),
    query: route.query ? checkInput(route.query, { ...request.query }, 'query') : withoutQuery(request),
    body: undefined,
    em,
    keyed: null,
    requestId,
    caller,
    account,
    now: account && nowOf(account),
  };
  if (route.method === 'get') return handle(route, call);
  const json = readJson(request);
  call.body = route.body ? checkInput(route.body, json, 'body') : undefined;
  call.keyed = readKey(request, json, account?.id ?? NO_ACCOUNT);
  return route.writes === 'own' ? handle(route, call) : inTransaction(route, call, deps);
}

function readParams(route: Route, request: Request): unknown {
  const read = route.params?.safeParse(request.params);
  if (read && !read.success) throw notFound('address');
  return read?.data ?? {};
}

function withoutQuery(request: Request): object {
  const [name] = Object.keys(request.query);
  if (name === undefined) return {};
  const message = 'is not a parameter of this request';
  throw new Problem(422, 'validation_failed', {
    detail: `${name}: ${message}`,
    field: name,
    errors: [{ field: name, message }],
  });
}

function readKey(request: Request, json: unknown, accountId: string): KeyedRequest | null {
  const key = request.get('idempotency-key');
  if (key === undefined) return null;
  if (key.length < 1 || key.length > 255) {
    const field = 'Idempotency-Key';
    const message = 'must have 1 to 255 characters';
    throw new Problem(422, 'validation_failed', {
      detail: `${field} ${message}.`,
      field,
      errors: [{ field, message }],
    });
  }
  return { accountId, key, requestHash: requestHash(request.method, request.originalUrl, json) };
}

/** The effect and the answer that repeats will get are committed together. */
async function inTransaction(route: Route, call: RawCall, { secretKey }: ServeDeps): Promise<Served> {
  const later: (() => Promise<void>)[] = [];
  const answer = await call.em.transactional(async (tx): Promise<Served> => {
    if (call.keyed) {
      const claim = await claimRequest(tx, call.keyed, null);
      if (claim.kind === 'reused') throw keyReused();
      if (claim.kind === 'known')
        return replay(claim.status, route.isSecret ? unseal(claim.body as never, secretKey) : claim.body);
    }
    const served = await handle(route, { ...call, em: tx }, later);
    if (call.keyed) {
      const body = route.isSecret ? seal(served.body, secretKey) : served.body;
      await storeAnswer(tx, call.keyed, { status: served.status, body });
    }
    return served;
  });
  for (const work of later) void work().catch((error: unknown) => log.warn({ error }, 'after-commit.failed'));
  return answer;
}

const handle = (route: Route, call: RawCall, later: (() => Promise<void>)[] = []): Promise<Served> =>
  route.handle({ ...call, afterCommit: (work: () => Promise<void>) => void later.push(work) } as never);

export const keyReused = (): Problem =>
  new Problem(422, 'idempotency_key_reused', {
    detail: 'This Idempotency-Key was used for another request.',
    field: 'Idempotency-Key',
  });

/** The answer that was given the first time. */
export const replay = (status: number | null, body: unknown): Served => ({
  status: status ?? 200,
  body: body ?? undefined,
  headers: { 'Idempotency-Replayed': 'true' },
});
