import { beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { hashPassword } from '../../api/auth/passwords.ts';
import { Admin } from '../../db/entities/admin.ts';
import { ask, FORM_TYPE, JSON_TYPE, signedByResend, signedByStripe, type Heard, type Sent } from './a-stranger.ts';
import { aPurchase } from './a-world.ts';
import { api, world, useApi } from './use-api.ts';

let purchase: string;
let cookie: string;

useApi({ waitMs: 50, trustProxy: 1, worldOf: 'all tests' });
beforeAll(async () => {
  purchase = `/v1/purchases/${await aPurchase(api.orm, world)}`;
  const password = 'correct horse battery staple';
  await api.orm.em
    .fork()
    .nativeUpdate(Admin, { accountId: world.accountId }, { passwordHash: await hashPassword(password) });
  const body = new URLSearchParams({ email: 'owner@studio.test', password }).toString();
  const { headers } = await ask(api.url, { method: 'POST', path: '/sign-in', headers: FORM_TYPE, body });
  cookie = (headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');
});

/**
 * The longest time in which the API did not answer anybody else while it was asked this; no more
 * than it has worked in that time, since a busy machine holds up everybody.
 */
async function heldBy(sent: Sent): Promise<{ heard: Heard; heldMs: number }> {
  const answer = { isHere: false };
  const before = process.threadCpuUsage();
  const asking = ask(api.url, sent).finally(() => (answer.isHere = true));
  let waitedMs = 0;
  do {
    const askedAt = performance.now();
    expect((await ask(api.url, { method: 'GET', path: '/healthz' })).status).toBe(200);
    waitedMs = Math.max(waitedMs, performance.now() - askedAt);
    await pause(10);
  } while (!answer.isHere);
  const { user, system } = process.threadCpuUsage(before);
  return { heard: await asking, heldMs: Math.min(waitedMs, (user + system) / 1000) };
}

const MOST_MS = 100;

/**
 * What holds the process does so each time; what the machine was busy with otherwise is over at
 * another try.
 */
async function holdsNobody(sent: Sent): Promise<Heard> {
  for (let tries = 1; ; tries += 1) {
    const { heard, heldMs } = await heldBy(sent);
    if (heldMs <= MOST_MS || tries === 8) {
      expect(heldMs).toBeLessThanOrEqual(MOST_MS);
      return heard;
    }
  }
}

function isTakenWell({ status, text, headers }: Heard): void {
  expect(status).toBeLessThan(500);
  if (!String(headers['content-type']).includes('problem+json')) return;
  const { errors = [] } = JSON.parse(text) as { errors?: object[] };
  expect(errors.length).toBeLessThanOrEqual(20);
  expect(text.length).toBeLessThan(10_000);
}

const FULL = 512 * 1024 - 300;
const MEGABYTE = 1024 * 1024 - 2_000;
const filled = (size: number, piece: string, around: [string, string] = ['', '']): string =>
  around[0] + piece.repeat(Math.floor((size - around[0].length - around[1].length) / piece.length)) + around[1];
const numbered = (size: number, piece: (index: number) => string, separator: string): string => {
  const pieces: string[] = [];
  for (let length = 0; ;) {
    const next = piece(pieces.length);
    length += next.length + separator.length;
    if (length > size) return pieces.join(separator);
    pieces.push(next);
  }
};
const nested = (depth: number, [open, close]: [string, string], inner: string): string =>
  open.repeat(depth) + inner + close.repeat(depth);

const jsonShapes = (size: number): [string, string][] => [
  ['lists in lists', nested(Math.floor(size / 2), ['[', ']'], '')],
  ['lists that never end', filled(size, '[')],
  ['objects in objects', nested(Math.floor(size / 7), ['{"a":', '}'], '1')],
  ['many values behind 3,000 lists', nested(3_000, ['[', ']'], filled(size - 8_000, '1,', ['', '1']))],
  ['a long list of numbers', filled(size, '1,', ['[', '1]'])],
  ['many wrong products', filled(size - 100, '"x",', ['{"name":"O","productIds":[', '"x"]}'])],
  ['many wrong emails', filled(size - 100, '{},', ['{"emailsOff":[', '{}]}'])],
  ['a very long text', filled(size, 'x', ['{"name":"', '","email":"a@example.com"}'])],
  ['a text of escapes', filled(size, '\\u0000', ['{"name":"', '"}'])],
  ['a text of broken characters', filled(size, '\\ud800', ['{"name":"', '"}'])],
  ['an address of many parts', filled(size, 'a.', ['{"email":"a@', 'com","password":"x"}'])],
  ['an address of many signs', filled(size, '@', ['{"email":"', '"}'])],
  ['a date of many digits', filled(size, '1', ['{"resumeAt":"2027-01-31T09:00:00.', 'Z","accessStartsAt":"2027"}'])],
  ['an address of a page', filled(size, '/..', ['{"successUrl":"http://a', '","email":"a@example.com"}'])],
  ['many fields', `{${numbered(size - 2, (index) => `"f${index}":1`, ',')}}`],
  ['many fields with one name', `{${filled(size - 10, '"name":1,')}"name":2}`],
  ['a field with a very long name', filled(size, 'n.', ['{"', '":1}'])],
  ['names that every object has', filled(size, '"__proto__":{"a":1},', ['{', '"constructor":{"prototype":{}}}'])],
  ['a huge number', filled(size, '9', ['{"amountMinor":', '}'])],
  ['a number without measure', '{"name":"x","amountMinor":1e999999999,"expectedVersion":-1e308}'],
  ['a tiny number', filled(size, '0', ['{"amountMinor":0.', '1}'])],
  ['spaces', filled(size, ' ', ['{', '}'])],
  ['letters of all the world', filled(size, '"\u{1F469}\u200D\u{1F469}\u0301\u202E",', ['[', '1]'])],
];

describe.each(jsonShapes(FULL))('JSON with %s, as large as it may be', (_what, body) => {
  test('holds nobody up', async () => {
    const owner = { ...JSON_TYPE, authorization: `Bearer ${world.keys.owner}`, 'idempotency-key': 'k' };
    const paths = ['/v1/offers', '/v1/contacts', '/v1/checkouts', `${purchase}/pause`, `${purchase}/refund`];
    for (const path of paths) isTakenWell(await holdsNobody({ method: 'POST', path, headers: owner, body }));
    isTakenWell(await holdsNobody({ method: 'PATCH', path: '/v1/settings', headers: owner, body }));
    for (const path of [
      '/v1/sessions',
      '/v1/customer-sessions',
      '/v1/set-password',
      '/v1/login-links',
      '/v1/password-resets',
    ])
      isTakenWell(await holdsNobody({ method: 'POST', path, headers: JSON_TYPE, body }));
  });
});

describe.each(jsonShapes(MEGABYTE))('a webhook with %s, as large as it may be', (_what, body) => {
  test('holds nobody up, signed or not', async () => {
    const event = `{"id":"evt_1","type":"invoice.paid","created":1,"livemode":false,"data":{"object":${body}}}`;
    for (const sent of [body, event]) {
      const stripe = { method: 'POST', path: '/webhooks/stripe/platform', body: sent };
      isTakenWell(await holdsNobody({ ...stripe, headers: signedByStripe(sent) }));
      isTakenWell(
        await holdsNobody({ ...stripe, headers: { 'stripe-signature': filled(10_000, 'v1=a,', ['t=1,', '']) } }),
      );
    }
    const cut = body.slice(0, FULL);
    const resend = { method: 'POST', path: '/webhooks/resend', body: cut, headers: signedByResend(cut) };
    isTakenWell(await holdsNobody(resend));
  });
});

const formShapes: [string, string][] = [
  ['a name of dots', filled(FULL, '.', ['', '=1'])],
  ['a name of 125,000 groups', filled(FULL, 'a.', ['', 'b=1'])],
  ['a name of brackets', filled(FULL, '[a]', ['a', '=1'])],
  ['a name of signs', filled(FULL, '@', ['a', '=1'])],
  ['many fields', numbered(FULL, (index) => `f${index}=1`, '&')],
  [
    '1,001 fields',
    numbered(FULL, (index) => `f${index}=1`, '&')
      .split('&')
      .slice(0, 1_001)
      .join('&'),
  ],
  ['1,000 fields of 200 dots', numbered(FULL, (index) => `f${index}${'.a'.repeat(110)}=1`, '&')],
  [
    '1,000 unknown fields',
    numbered(FULL, (index) => `f${index}=1`, '&')
      .split('&')
      .slice(0, 1_000)
      .join('&'),
  ],
  ['one name many times', filled(FULL, 'email=a&', ['', 'email=b'])],
  ['a text and a group of one name', 'name=x&name.y=1&name.y.z=2&name.y.z.a=3'],
  ['a group and a text of one name', 'name.y=1&name=x'],
  ['names that every object has', 'constructor.prototype.x=1&__proto__.x=1&toString=1&hasOwnProperty.call=2'],
  ['a very long text', filled(FULL, 'x', ['email=', ''])],
  ['a text of spaces', filled(FULL, '+', ['email=', 'x'])],
  ['percent signs', filled(FULL, '%')],
  ['broken letters', filled(FULL, '%ff', ['email=', ''])],
  ['NUL', 'email=%00&password=%00&_next=%00&_key=%00&_step=%00'],
  [
    'huge numbers',
    filled(FULL, '9', ['price.amountMinor@minor:price.currency=', '&price.currency=usd&accessDays@int?=9e99']),
  ],
  ['odd kinds', 'a@instant=2027-13-99T99:99&b@minor:b=1&c@minor:=1&d@list=1&e@flag=1&f@none=1&@=1&=1&.=1&..=1'],
];

describe.each(formShapes)('a form with %s', (_what, body) => {
  test('holds nobody up', async () => {
    const { slug } = (await api.client(world.keys.owner).get('/v1/settings')).body;
    const ofSite = ['/login', `/join/${world.offerId}`, '/set-password?token=x', '/password'];
    const pages = ['/login', '/sign-in', '/accounts', ...ofSite.map((path) => `/s/${slug}${path}`)];
    for (const path of pages) isTakenWell(await holdsNobody({ method: 'POST', path, headers: FORM_TYPE, body }));
    const signedIn = { ...FORM_TYPE, cookie };
    for (const path of ['/contacts/new', '/offers/new', '/products/new', `/contacts/${world.contactId}`])
      isTakenWell(await holdsNobody({ method: 'POST', path, headers: signedIn, body }));
  });
});

const HEADER = 14_000;
const query = (text: string): string => `/v1/contacts?${text}`;

const headShapes: [string, Omit<Sent, 'method'>][] = [
  ['a parameter many times', { path: query(filled(HEADER, 'limit=1&', ['', 'limit=2'])) }],
  ['many parameters', { path: query(numbered(HEADER, (index) => `p${index}=1`, '&')) }],
  ['a parameter of brackets', { path: query(filled(HEADER, '[a]', ['a', '=1'])) }],
  ['parameters that every object has', { path: query('__proto__=1&constructor=2&__proto__[a]=1&toString=1') }],
  ['a cursor of lists', { path: query(`cursor=${Buffer.from('['.repeat(370)).toString('base64url')}`) }],
  ['a long cursor', { path: query(filled(HEADER, 'W1tb', ['cursor=', ''])) }],
  ['a long search', { path: query(filled(HEADER, '%25', ['q=', ''])) }],
  ['NUL in a search', { path: query('q=%00') }],
  ['a long id', { path: filled(HEADER, 'a', ['/v1/contacts/', '']) }],
  ['many segments', { path: filled(HEADER, '/..', ['/v1', '']) }],
  ['an id that cannot be decoded', { path: '/v1/contacts/%E0%A4%A' }],
  ['many cookies', { path: '/library', headers: { cookie: numbered(HEADER, (index) => `c${index}=1`, '; ') } }],
  [
    'a giant cookie',
    { path: '/library', headers: { cookie: filled(HEADER, '.', [`perennial_customer_${'0'.repeat(32)}=pns.`, '']) } },
  ],
  ['one cookie many times', { path: '/', headers: { cookie: filled(HEADER, 'perennial_admin=%25; ') } }],
  ['cookies without sense', { path: '/', headers: { cookie: filled(HEADER, '=;') } }],
  ['a token of dots', { path: '/v1/contacts', headers: { authorization: filled(HEADER, '.', ['Bearer ', '']) } }],
  ['a token of spaces', { path: '/v1/contacts', headers: { authorization: filled(HEADER, ' ', ['Bearer', 'x y']) } }],
  [
    'many content types that it takes',
    { path: '/nothing', headers: { accept: filled(HEADER, 'a/b;q=0.1,', ['', '"']) } },
  ],
  ['an account that is none', { path: '/v1/contacts', headers: { 'perennial-account': filled(HEADER, '-') } }],
  ['many addresses in front', { path: '/v1/contacts', headers: { 'x-forwarded-for': filled(HEADER, '1,') } }],
  ['an odd host', { path: '/login', headers: { host: filled(HEADER, '[') } }],
];

describe.each(headShapes)('a request with %s', (_what, sent) => {
  test('holds nobody up', async () => {
    const headers = { authorization: `Bearer ${world.keys.owner}`, ...sent.headers };
    isTakenWell(await holdsNobody({ method: 'GET', ...sent, headers }));
    isTakenWell(await holdsNobody({ method: 'GET', ...sent, headers: { ...sent.headers, accept: 'text/html' } }));
    isTakenWell(await holdsNobody({ method: 'POST', ...sent, headers: { ...headers, ...JSON_TYPE }, body: '{}' }));
  });
});

test.each(['utf-7', 'iso-8859-1', 'x', '"', ';;='])(
  'a form in the charset %s is refused, and no fault of ours',
  async (charset) => {
    const headers = { ...FORM_TYPE, 'content-type': `application/x-www-form-urlencoded; charset=${charset}` };

    expect((await ask(api.url, { method: 'POST', path: '/login', headers, body: 'email=a' })).status).toBeLessThan(500);
  },
);
