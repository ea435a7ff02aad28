import { beforeAll, describe, expect, test } from '@jest/globals';
import { ROUTES } from '../../api/routes.ts';
import { ROLES, VERB_NAMES, type Role } from '../../workflows/domain/verb.ts';
import { aPurchase, aWorld } from './a-world.ts';
import { api, guest, world, useApi } from './use-api.ts';

let purchaseId: string;

useApi({ waitMs: 50, worldOf: 'all tests' });
beforeAll(async () => {
  purchaseId = await aPurchase(api.orm, world);
});

const ask = (role: Role) =>
  api.client(world.keys[role], role === 'operator' ? { 'perennial-account': world.accountId } : {});

const BODIES: Record<string, object> = {
  cancel: { when: 'now' },
  'change-resume-date': { resumeAt: null },
  refund: { paymentId: 'in_1' },
  'access-start': { startsAt: '2027-02-01T00:00:00Z' },
  extend: { days: 14 },
  'issue-credit': { reason: 'A gift' },
  'forfeit-credit': { creditIds: ['1'], reason: 'By mistake' },
};

const PEOPLE_VERBS = ['revoke', 'restore'];
const mayAsk = (role: Role, verb: string): boolean =>
  role === 'support' ? PEOPLE_VERBS.includes(verb) : role !== 'assistant';

describe('who may ask for a verb, previews as well [R2.1]', () => {
  test.each(VERB_NAMES.flatMap((verb) => ROLES.map((role) => [role, verb] as const)))('%s: %s', async (role, verb) => {
    const body = { ...BODIES[verb], dryRun: true };

    const { status } = await ask(role).post(`/v1/purchases/${purchaseId}/${verb}`, body);

    expect(status === 403).toBe(!mayAsk(role, verb));
  });
});

describe('what may be read and written', () => {
  const MONEY = ['/v1/purchases', '/v1/payments', '/v1/emails'];

  test.each(ROLES)('%s reads money only if it is not an assistant', async (role) => {
    const statuses = await Promise.all(MONEY.map((path) => ask(role).get(path)));

    expect(statuses.map(({ status }) => status)).toEqual(Array(3).fill(role === 'assistant' ? 403 : 200));
  });

  test.each(ROLES)('%s reaches exactly what its role allows', async (role) => {
    const reached = {
      settings: (await ask(role).patch('/v1/settings', { receipts: 'all' })).status !== 403,
      keys: (await ask(role).get('/v1/api-keys')).status !== 403,
      stripe: (await ask(role).get('/v1/account/stripe')).status !== 403,
      products: (await ask(role).post('/v1/products', { name: 'X' })).status !== 403,
      grants: (await ask(role).post('/v1/grants', {})).status !== 403,
      clock: (await ask(role).post('/v1/test-clock/advance', {})).status !== 403,
      accounts: (await ask(role).get('/v1/operator/accounts')).status !== 403,
    };

    const manages = ['owner', 'administrator', 'operator'].includes(role);
    expect(reached).toEqual({
      settings: manages,
      keys: role === 'owner' || role === 'operator',
      stripe: role === 'owner' || role === 'operator',
      products: manages || role === 'assistant',
      grants: manages || role === 'support',
      clock: manages,
      accounts: role === 'operator',
    });
  });

  test('every route but the public ones needs a key', async () => {
    const routes = ROUTES.filter(({ scope }) => scope !== 'public');
    const id = '0199a000-0000-7000-8000-0000000000ff';

    const statuses = await Promise.all(
      routes.map(({ method, path }) => guest[method](path.replaceAll(/\{\w+\}/g, id))),
    );

    expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set([401]));
  });
});

describe('accounts are apart [R24.3]', () => {
  test('nothing of another account is found by its id', async () => {
    const other = api.client((await aWorld(api.orm)).keys.owner);
    const paths = [
      `/v1/purchases/${purchaseId}`,
      `/v1/purchases/${purchaseId}/timeline`,
      `/v1/products/${world.productId}`,
      `/v1/offers/${world.offerId}`,
      `/v1/contacts/${world.contactId}`,
      `/v1/contacts/${world.contactId}/access?productId=${world.productId}`,
    ];

    const reads = await Promise.all(paths.map((path) => other.get(path)));
    const verb = await other.post(`/v1/purchases/${purchaseId}/revoke`, {});
    const grant = await other.post('/v1/grants', { offerId: world.offerId, email: 'a@b.co' });

    expect([...reads, verb, grant].map(({ status }) => status)).toEqual(Array(8).fill(404));
  });

  test('lists hold nothing of another account', async () => {
    const other = api.client((await aWorld(api.orm)).keys.owner);

    const lists = await Promise.all(['/v1/purchases', '/v1/payments', '/v1/emails'].map((path) => other.get(path)));

    expect(lists.map(({ body }) => body.data)).toEqual([[], [], []]);
  });

  test('an operator names the account: 400 without or for no id, 404 for an unknown one', async () => {
    const operator = world.keys.operator;

    const none = await api.client(operator).get('/v1/account');
    const wrong = await api.client(operator, { 'perennial-account': 'nonsense' }).get('/v1/account');
    const unknown = await api.client(operator, { 'perennial-account': purchaseId }).get('/v1/account');
    const right = await ask('operator').get('/v1/account');

    expect([none.status, wrong.status, unknown.status, right.status]).toEqual([400, 400, 404, 200]);
    expect(right.body.id).toBe(world.accountId);
  });

  test('a key of an account cannot act on another by naming it', async () => {
    const other = await aWorld(api.orm);

    const { body } = await api.client(world.keys.owner, { 'perennial-account': other.accountId }).get('/v1/account');

    expect(body.id).toBe(world.accountId);
  });

  test('a revoked key is no key any more', async () => {
    const owner = ask('owner');
    const made = await owner.post('/v1/api-keys', { name: 'Website', role: 'support' });
    const client = api.client(made.body.key);
    expect((await client.get('/v1/account')).status).toBe(200);

    expect((await owner.delete(`/v1/api-keys/${made.body.id}`)).status).toBe(204);

    expect((await client.get('/v1/account')).status).toBe(401);
  });
});
