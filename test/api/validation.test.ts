import { beforeAll, describe, expect, test } from '@jest/globals';
import { aPurchase } from './a-world.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

let purchase: string;

useApi({ waitMs: 50, worldOf: 'all tests' });
beforeAll(async () => {
  purchase = `/v1/purchases/${await aPurchase(api.orm, world)}`;
});

const JSON_TYPE = { 'content-type': 'application/json' };

describe('a request that cannot be read', () => {
  test.each([
    ['malformed JSON', { body: '{"name":', headers: JSON_TYPE }, 400, 'malformed_body'],
    ['broken UTF-8', { body: new Uint8Array([0x22, 0xff, 0x22]), headers: JSON_TYPE }, 400, 'malformed_body'],
    [
      'another content type',
      { body: 'name=x', headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported_content_type',
    ],
    [
      'an unknown encoding',
      { body: '{}', headers: { ...JSON_TYPE, 'content-encoding': 'zip' } },
      415,
      'unsupported_content_type',
    ],
    ['too large a body', { body: `"${'x'.repeat(600_000)}"`, headers: JSON_TYPE }, 413, 'body_too_large'],
    ['an array', { body: '[]', headers: JSON_TYPE }, 422, 'validation_failed'],
    ['null', { body: 'null', headers: JSON_TYPE }, 422, 'validation_failed'],
    ['a NUL character', { body: '{"name":"a\\u0000b"}', headers: JSON_TYPE }, 422, 'validation_failed'],
    ['half a surrogate pair', { body: '{"name":"a\\ud800b"}', headers: JSON_TYPE }, 422, 'validation_failed'],
    [
      'a key that is too long',
      { body: '{"name":"x"}', headers: { ...JSON_TYPE, 'idempotency-key': 'k'.repeat(256) } },
      422,
      'validation_failed',
    ],
  ])('%s', async (_what, init, expected, code) => {
    const { status, body } = await owner.send('POST', '/v1/products', init);

    expect({ status, code: body.code }).toEqual({ status: expected, code });
  });
});

describe('an address that is not there', () => {
  test.each([
    ['GET', '/v1/nonsense', 404],
    ['GET', '/v1/purchases/not-an-id', 404],
    ['GET', '/v1/purchases/%E0%A4%A', 404],
    ['GET', '/v1/payments/in_none', 404],
    ['PUT', '/v1/products', 405],
    ['DELETE', '/v1/purchases', 405],
    ['GET', '/webhooks/stripe/platform', 405],
    ['OPTIONS', '/v1/products', 204],
    ['HEAD', '/v1/products', 200],
  ])('%s %s is %i', async (method, path, expected) => {
    const response = await fetch(api.url + path, { method, headers: { authorization: `Bearer ${world.keys.owner}` } });

    expect(response.status).toBe(expected);
    if (expected === 405 || expected === 204) expect(response.headers.get('allow')).toBeTruthy();
  });
});

describe('a value that is impossible names its field', () => {
  const price = { kind: 'subscription', amountMinor: 2900, currency: 'usd', interval: 'month' };
  const offer = () => ({ name: 'O', productIds: [world.productId], price });
  const cases: [string, string, () => object, string][] = [
    ['an unknown field', '/v1/products', () => ({ name: 'x', colour: 'red' }), 'colour'],
    ['an empty name', '/v1/products', () => ({ name: '  ' }), 'name'],
    ['an unknown product', '/v1/offers', () => ({ ...offer(), productIds: [world.contactId] }), 'productIds'],
    [
      'the same product twice',
      '/v1/offers',
      () => ({ ...offer(), productIds: [world.productId, world.productId] }),
      'productIds',
    ],
    ['a price kind that there is not', '/v1/offers', () => ({ ...offer(), price: { kind: 'per_seat' } }), 'price.kind'],
    [
      'an amount with cents',
      '/v1/offers',
      () => ({ ...offer(), price: { ...price, amountMinor: 29.5 } }),
      'price.amountMinor',
    ],
    [
      'a currency that is none',
      '/v1/offers',
      () => ({ ...offer(), price: { ...price, currency: 'xyz' } }),
      'price.currency',
    ],
    ['a bare date', '/v1/offers', () => ({ ...offer(), accessStartsAt: '2027-02-01' }), 'accessStartsAt'],
    ['an email kind that is none', '/v1/offers', () => ({ ...offer(), emailsOff: ['spam'] }), 'emailsOff.0'],
    ['no email', '/v1/contacts', () => ({ name: 'Ada' }), 'email'],
    ['an address that is none', '/v1/contacts', () => ({ email: 'ada' }), 'email'],
    ['neither contact nor email', '/v1/grants', () => ({ offerId: world.offerId }), 'contactId'],
    [
      'another page than the web',
      '/v1/checkouts',
      () => ({ offerId: world.offerId, email: 'a@b.co', successUrl: 'javascript:1' }),
      'successUrl',
    ],
    ['a clock that goes backward', '/v1/test-clock/advance', () => ({ to: '2027-01-01T00:00:00Z' }), 'to'],
    ['both to and by', '/v1/test-clock/advance', () => ({ to: '2027-03-01T00:00:00Z', by: 'day' }), 'to'],
    ['a role that is no key’s', '/v1/api-keys', () => ({ name: 'x', role: 'operator' }), 'role'],
  ];

  test.each(cases)('%s', async (_what, path, body, field) => {
    const answer = await owner.post(path, body());

    expect({ status: answer.status, field: answer.body.field }).toEqual({ status: 422, field });
  });

  test.each([
    ['pause', { resumeAt: '2027-03-01' }, 'resumeAt'],
    ['pause', { resumeAt: '2027-03-01T09:00:00' }, 'resumeAt'],
    ['pause', { acces: 'keep' }, 'acces'],
    ['cancel', {}, 'when'],
    ['cancel', { when: 'later' }, 'when'],
    ['refund', { paymentId: 'x', amountMinor: 0 }, 'amountMinor'],
    ['access-start', { startsAt: '9000-01-01T00:00:00Z' }, 'startsAt'],
    ['money-back', { hasReason: true }, 'hasReason'],
    ['resume', { expectedVersion: -1 }, 'expectedVersion'],
  ])('%s with %j', async (verb, input, field) => {
    const { status, body } = await owner.post(`${purchase}/${verb}`, input);

    expect({ status, field: body.field }).toEqual({ status: 422, field });
  });

  test.each([
    ['/v1/purchases?limit=0', 'limit'],
    ['/v1/purchases?limit=201', 'limit'],
    ['/v1/purchases?cursor=nonsense', 'cursor'],
    ['/v1/purchases?cursor=%00', 'cursor'],
    [`/v1/contacts?cursor=${Buffer.from('["2027-01-01T00:00:00.000Z","in_1"]').toString('base64url')}`, 'cursor'],
    ['/v1/purchases?billingStatus=odd', 'billingStatus'],
    ['/v1/purchases?billingStatus=active&billingStatus=paused', 'billingStatus'],
    ['/v1/purchases?unknown=1', 'unknown'],
    ['/v1/contacts?segment=odd', 'segment'],
  ])('%s', async (path, field) => {
    const { status, body } = await owner.get(path);

    expect({ status, field: body.field }).toEqual({ status: 422, field });
  });
});

describe('what every answer carries', () => {
  test('a problem has its own content type and the id of the request, and no inside', async () => {
    const { headers, body } = await owner.get('/v1/purchases/nonsense');

    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body.requestId).toBe(headers.get('x-request-id'));
    expect(JSON.stringify(body)).not.toMatch(/\bat .*\.ts|node_modules/);
  });

  test('headers that keep browsers in bounds', async () => {
    const { headers } = await guest.get('/docs');

    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });
});
