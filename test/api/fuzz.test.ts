import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hashPassword } from '../../api/auth/passwords.ts';
import { pages } from '../../api/pages/index.ts';
import { Admin } from '../../db/entities/admin.ts';
import { Contact } from '../../db/entities/contact.ts';
import { ask, FORM_TYPE, JSON_TYPE, signedByResend, signedByStripe, type Heard } from './a-stranger.ts';
import { aPurchase } from './a-world.ts';
import { api, world, useApi } from './use-api.ts';

type Operation = { method: string; path: string; example: object };

let ids: string[];
let operations: Operation[];
/** By whom something is asked: nobody, somebody with a key or session, somebody with nonsense. */
let bearers: Record<string, string>[];
let visitors: Record<string, string>[];

const PASSWORD = 'correct horse battery staple';

useApi({ waitMs: 20, trustProxy: 1, worldOf: 'all tests' });
beforeAll(async () => {
  const { slug } = (await api.client(world.keys.owner).get('/v1/settings')).body;
  ids = [slug, world.contactId, world.productId, world.offerId, world.accountId, await aPurchase(api.orm, world)];
  const passwordHash = await hashPassword(PASSWORD);
  await api.orm.em.fork().nativeUpdate(Admin, { accountId: world.accountId }, { passwordHash });
  await api.orm.em.fork().nativeUpdate(Contact, { id: world.contactId }, { passwordHash });
  operations = await documented();
  const login = { email: 'ada@example.com', password: PASSWORD };
  const { token } = JSON.parse((await post('/v1/customer-sessions', JSON_TYPE, JSON.stringify(login))).text) as {
    token: string;
  };
  const operator = { authorization: `Bearer ${world.keys.operator}` };
  bearers = [{}, { authorization: `Bearer ${world.keys.owner}` }, { authorization: `Bearer ${token}` }];
  bearers.push({ ...operator, 'perennial-account': world.accountId }, operator, { authorization: 'Bearer pns.e30.x' });
  visitors = [
    {},
    { cookie: await signIn('/sign-in', 'owner@studio.test') },
    { cookie: await signIn('/login', 'ada@example.com') },
  ];
});

const post = (path: string, headers: Record<string, string>, body: string): Promise<Heard> =>
  ask(api.url, { method: 'POST', path, headers, body });

async function signIn(path: string, email: string): Promise<string> {
  const { headers } = await post(
    path,
    FORM_TYPE,
    new URLSearchParams({ email, password: PASSWORD, _step: 'password' }).toString(),
  );
  return (headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');
}

type Documented = { requestBody?: { content: Record<string, { example?: object }> } };

async function documented(): Promise<Operation[]> {
  const { text } = await ask(api.url, { method: 'GET', path: '/openapi.json' });
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, Documented>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody }]) => {
      return { method: method.toUpperCase(), path, example: requestBody?.content['application/json']?.example ?? {} };
    }),
  );
}

const ODD_TEXTS = [
  '',
  ' ',
  '.',
  '..',
  '%2e%2e',
  'a/b',
  '%',
  '%00',
  '\0',
  '\ud800',
  '\u{1F469}\u200D',
  "'; --",
  '__proto__',
  'null',
  '-1',
  '1e309',
  '9'.repeat(400),
];
const ODD_INSTANTS = [
  '0000-00-00T00:00:00Z',
  '9999-12-31T23:59:59.999999999Z',
  '2027-02-30T00:00:00Z',
  '2027-01-31T09:00:00+99:99',
];
const oddText = fc.oneof(fc.constantFrom(...ODD_TEXTS, ...ODD_INSTANTS), fc.string({ unit: 'binary', maxLength: 30 }));
const odd = fc.oneof(oddText, fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(-1, 1e308, 2 ** 53, 2 ** 31, 0.5));
const oddQuery = fc.array(
  fc.tuple(
    fc.oneof(
      fc.constantFrom(
        'cursor',
        'limit',
        'q',
        'sort',
        'status',
        'email',
        'from',
        'to',
        'after',
        'until',
        'next',
        'checkout',
        'purchase',
        'session',
        'command',
        'token',
      ),
      oddText,
    ),
    oddText,
  ),
  { maxLength: 3 },
);
const picked = fc.nat().map(
  (n) =>
    <T>(list: readonly T[]): T =>
      list[n % list.length] as T,
);

/** The path with something in each of its places: an id that is there, or an odd text. */
const filledIn = (path: string, fill: (index: number) => string): string => {
  let index = 0;
  return path.replaceAll(/\{\w+\}/g, () => fill(index++));
};
const encoded = (text: string): string => {
  const safe = text.toWellFormed();
  return safe === '..' || safe === '.' ? safe.replaceAll('.', '%2e') : encodeURIComponent(safe);
};
const search = (query: [string, string][]): string =>
  query.length === 0 ? '' : `?${query.map(([name, text]) => `${encoded(name)}=${encoded(text)}`).join('&')}`;

/** A body that would be taken, with our own ids and one thing wrong. */
function spoilt(example: object, name: string, value: unknown): string {
  const known = JSON.stringify(example).replaceAll(/018f2f6e-[\w-]+/g, () => world.offerId);
  const body = JSON.parse(known) as Record<string, unknown>;
  const names = Object.keys(body);
  const which = names[name.length % (names.length + 1)] ?? name;
  return JSON.stringify({ ...body, [which]: value });
}

const METHODS = ['GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'HEAD', 'OPTIONS'];
const SEEDED = { seed: 27, numRuns: 500, endOnFailure: true };

test('no method, address, query, body or caller makes a route of the API fail', async () => {
  const odds = fc.tuple(picked, picked, picked, oddText, oddQuery, oddText, odd, fc.integer({ min: 0, max: 9 }));

  await fc.assert(
    fc.asyncProperty(odds, async ([one, who, id, inPath, query, name, value, dice]) => {
      const { method, path, example } = one(operations);
      const address =
        filledIn(path, () => (dice < 7 ? id(ids) : encoded(inPath))) + (dice % 3 === 0 ? search(query) : '');
      const sent = {
        method: dice === 9 ? one(METHODS) : method,
        path: address,
        headers: {
          ...JSON_TYPE,
          ...who(bearers),
          ...(dice % 2 ? { 'idempotency-key': name.replaceAll(/[^\x20-\x7e]/g, 'x') || 'k' } : {}),
        },
        body: dice === 8 ? (JSON.stringify(value) ?? '') : spoilt(example, name, value),
      };

      const { status, text } = await ask(api.url, sent);

      if (status >= 500) throw new Error(`${sent.method} ${address} ${sent.body} was ${status} ${text}`);
    }),
    SEEDED,
  );
});

test('no address, query, form or visitor makes a page fail', async () => {
  const fields = fc.array(
    fc.tuple(
      fc.oneof(
        fc.constantFrom(
          'email',
          'name',
          '_step',
          '_key',
          '_next',
          'price.kind',
          'price',
          'price.amountMinor@minor:price.currency',
          'productIds@list',
          'resumeAt@instant',
          'account',
          'offerId',
          'when',
        ),
        oddText,
      ),
      oddText,
    ),
    { maxLength: 6 },
  );
  const odds = fc.tuple(picked, picked, picked, oddText, oddQuery, fields, fc.integer({ min: 0, max: 9 }));

  await fc.assert(
    fc.asyncProperty(odds, async ([one, who, id, inPath, query, form, dice]) => {
      const address = filledIn(one(pages).path, () => (dice < 5 ? id(ids) : encoded(inPath))) + search(query);
      const body = search(form).slice(1);
      const isForm = dice % 2 === 0;
      const headers = { accept: 'text/html', ...(isForm ? FORM_TYPE : {}), ...who(visitors) };

      const { status } = await ask(api.url, {
        method: isForm ? 'POST' : 'GET',
        path: address,
        headers,
        body: isForm ? body : '',
      });

      if (status >= 500) throw new Error(`${isForm ? 'POST' : 'GET'} ${address} ${body} was ${status}`);
    }),
    SEEDED,
  );
});

test('no signed webhook, whatever is in it, makes us fail', async () => {
  const types = [
    'invoice.paid',
    'customer.subscription.updated',
    'refund.created',
    'charge.dispute.created',
    'product.created',
  ];
  const objects = ['invoice', 'subscription', 'refund', 'dispute', 'charge', 7];
  const inner = [
    'id',
    'metadata',
    'parent',
    'subscription',
    'payment_intent',
    'customer',
    'items',
    'lines',
    'subscription_details',
    'charge',
  ];
  const outer = ['id', 'account', 'type', 'created', 'livemode', 'data', 'api_version', 'object'];
  const reports = [
    'email.bounced',
    'email.delivered',
    'email.failed',
    'email.suppressed',
    'email.sent',
    'contact.created',
  ];

  await fc.assert(
    fc.asyncProperty(
      fc.tuple(picked, picked, fc.string(), odd, odd, fc.integer({ min: 0, max: 3 })),
      async ([one, two, id, value, other, dice]) => {
        const object = { id: 'sub_1', object: one(objects), [two(inner)]: value };
        const event: object = {
          id: `evt_${id.length}${dice}`,
          type: one(types),
          created: 1_800_000_000,
          livemode: false,
          data: { object },
        };
        const body = JSON.stringify(dice === 0 ? { ...event, [two(outer)]: other } : event);
        const data = {
          email_id: 're_1',
          tags: { email_id: world.contactId },
          bounce: { type: 'Permanent', message: 'm' },
        };
        const spoilt = dice === 1 ? value : { ...data, [two(Object.keys(data))]: other };
        const report = JSON.stringify({
          type: one(reports),
          created_at: dice === 2 ? value : new Date().toISOString(),
          data: spoilt,
        });

        const statuses = [
          (await post('/webhooks/stripe/platform', signedByStripe(body), body)).status,
          (await post('/webhooks/resend', signedByResend(report), report)).status,
        ];

        expect({ body, report, failed: statuses.filter((status) => status >= 500) }).toEqual({
          body,
          report,
          failed: [],
        });
      },
    ),
    SEEDED,
  );
});
