import { expect, test } from '@jest/globals';
import type { Audit } from '../../api/http/audit.ts';
import type { Route } from '../../api/http/route.ts';
import { ROUTES } from '../../api/routes.ts';
import { AuditRow } from '../../db/entities/audit-row.ts';
import { aWalk, tokensOf, type Step, type Who } from './a-walk.ts';
import { aWorld } from './a-world.ts';
import { api, useApi, world } from './use-api.ts';

useApi({ waitMs: 50, worldOf: 'all tests' });

const routes: readonly Route[] = ROUTES;
const named = (id: string): Route => routes.find(({ operationId }) => operationId === id)!;
const WHO: Record<Route['scope'], Who> = {
  account: 'owner',
  platform: 'operator',
  admin: 'admin',
  customer: 'customer',
  public: 'guest',
};

type Told = { status: number; answer: string; rows: AuditRow[] };

/** Asks a route, and finds what it left by the id of the request. */
async function ask(route: Route, { params = {}, query, body }: Step, headers: Record<string, string>): Promise<Told> {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''));
  const response = await fetch(`${api.url}${path}?${new URLSearchParams(query).toString()}`, {
    method: route.method.toUpperCase(),
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = await response.text();
  const rows = await api.orm.em.fork().find(AuditRow, { requestId: response.headers.get('x-request-id') });
  return { status: response.status, answer, rows };
}

const isDry = ({ body }: Step): boolean => (body as { dryRun?: boolean } | undefined)?.dryRun === true;

/** The kinds that a route says it may leave; null = none. */
function kindsOf(audit: Audit | undefined): string[] | null {
  if (!audit || 'none' in audit) return null;
  return 'kind' in audit ? [audit.kind] : [...audit.left];
}

const isOf = (kind: string, said: string): boolean => kind === said || kind.startsWith(`${said}.`);

/** What is wrong with the rows that a request left. */
function faultsIn(route: Route, step: Step, { status, answer, rows }: Told): string[] {
  if (status >= 300) return [`${status} ${answer}`];
  const left = rows.filter(({ kind }) => kind !== 'api_key.used');
  const said = isDry(step) ? null : kindsOf(route.audit);
  if (said === null) return left.map(({ kind }) => `${kind}, although it says none`);
  const odd = left.filter(({ kind }) => !said.some((one) => isOf(kind, one))).map(({ kind }) => `${kind} is not said`);
  if (!left.some(({ kind }) => isOf(kind, said[0]!))) odd.push(`no ${said[0]}`);
  return [...odd, ...left.filter(({ ip }) => ip !== '127.0.0.1').map(({ ip }) => `from ${ip}`)];
}

test('no write leaves nothing: each row is found by its request, of a kind that the route says', async () => {
  const tokens = await tokensOf(api, world);
  const walk = await aWalk(api, world);
  const wrong: string[] = [];
  const secrets: string[] = [];
  for (const [operationId, step] of Object.entries(walk)) {
    const route = named(operationId);
    const told = await ask(route, step, tokens[WHO[route.scope]]);
    wrong.push(...faultsIn(route, step, told).map((fault) => `${operationId}: ${fault}`));
    secrets.push(...secretsIn(told.answer));
  }
  const rows = await api.orm.em.fork().find(AuditRow, {});
  const texts = rows.map(({ before, after }) => JSON.stringify([before, after]));

  expect(wrong).toEqual([]);
  expect(secrets.length).toBeGreaterThan(10);
  expect(secrets.filter((secret) => texts.some((text) => text.includes(secret)))).toEqual([]);
});

const IS_SECRET = /"(?:token|key|secret|url|uri|recoveryCodes)":"([^"]{20,})"/g;
const secretsIn = (answer: string): string[] =>
  answer.includes('oken') || answer.includes('pk_') ? [...answer.matchAll(IS_SECRET)].map(([, secret]) => secret!) : [];

test('a write that more than one transaction does is told by what does it, and no reading is', () => {
  const byPipeline = routes.filter(({ audit, writes }) => audit && 'kind' in audit && writes === 'own');
  const reading = routes.filter(({ isReading, audit }) => isReading && audit && !('none' in audit));

  expect(byPipeline.map(({ operationId }) => operationId)).toEqual([]);
  expect(reading.map(({ operationId }) => operationId)).toEqual([]);
});

/** What the walk does not ask, and is told neither by the pipeline nor as a command. */
const ELSEWHERE = {
  addAccess: 'begins a checkout, as createCheckout does',
  addMyPasskey: 'test/api/customer-passkeys.test.ts makes the passkey',
  cancelBookingsAsExpert: 'test/api/audit-log.test.ts',
  changeAccountPlan: 'begins a checkout, as createCheckout does',
  confirmContentOfRemoval: 'confirms content, as confirmKeptContent does',
  confirmKeptContent: 'test/api/kept-content.test.ts lists the content',
  createAdminSession: 'test/api/audit-log.test.ts',
  disconnectStripe: 'test/api/audit-log.test.ts',
  endSession: 'test/api/audit-log.test.ts',
  removeTimeOffAsExpert: 'test/api/audit-log.test.ts',
  setFirstPasswordOfCheckout: 'sets a password, as setMyPassword does',
  setMyPassword: 'test/api/audit-log.test.ts',
  useNewCard: 'chooses a card, as movePurchaseToCard does',
};

test('whatever is told neither by the pipeline nor as a command is walked, or has a test of its own', async () => {
  const walk = await aWalk(api, await aWorld(api.orm));
  const byItself = routes.filter(({ audit }) => {
    const left = audit && 'left' in audit ? audit.left : [];
    return left.some((one) => one !== 'purchase' && !one.startsWith('purchase.'));
  });
  const unwalked = byItself.filter(({ operationId: id }) => walk[id] === undefined || isDry(walk[id]));

  const known = Object.keys(ELSEWHERE);
  expect(unwalked.map(({ operationId }) => operationId).filter((id) => !known.includes(id))).toEqual([]);
});
