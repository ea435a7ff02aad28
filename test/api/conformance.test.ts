import { writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { aWalk, tokensOf, type Step, type Who } from './a-walk.ts';
import {
  escaped,
  operationsOf,
  readDocument,
  type Constraint,
  type FaultsOf,
  type Found,
  type OpenApi,
} from './conforming.ts';
import { api, world, useApi } from './use-api.ts';

let document: OpenApi;
let found: Found[];
let walk: Record<string, Step>;
let tokens: Record<Who, Record<string, string>>;
let faultsOf: FaultsOf;
let faultsIn: (pointer: string, value: unknown) => string[];

useApi({ waitMs: 50, worldOf: 'all tests' });
beforeAll(async () => {
  tokens = await tokensOf(api, world);
  walk = await aWalk(api, world);
  document = (await (await fetch(`${api.url}/openapi.json`)).json()) as OpenApi;
  found = operationsOf(document);
  ({ faultsOf, faultsIn } = readDocument(document));
});

const whoOf = ({ operation: { security } }: Found): Who => {
  if (security.length === 0) return 'guest';
  if (security.some((scheme) => 'customerSession' in scheme)) return 'customer';
  if (security.some((scheme) => 'apiKey' in scheme)) return 'owner';
  return security.some((scheme) => 'operatorKey' in scheme) ? 'operator' : 'admin';
};

type Asked = Step & { method?: string; raw?: RequestInit; who?: Who };

async function ask(one: Found, asked: Asked) {
  const params = { ...Object.fromEntries(idsOf(one)), ...asked.params };
  const path = one.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams(asked.query).toString();
  const headers = { ...tokens[asked.who ?? whoOf(one)], ...(asked.body && { 'content-type': 'application/json' }) };
  const init = { method: (asked.method ?? one.method).toUpperCase(), body: asked.body && JSON.stringify(asked.body) };
  const all = { ...init, ...asked.raw, headers: { ...headers, ...asked.raw?.headers } } as RequestInit;
  const response = await fetch(`${api.url}${path}${query && `?${query}`}`, all);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, faults: faultsOf(one, response, text) };
}

const NOBODY = '018f2f6e-7d3a-7c4e-9d5b-1f2a3b4c5d6e';
const idsOf = ({ operation }: Found): [string, string][] =>
  operation.parameters.filter((one) => one.in === 'path').map(({ name, schema }) => [name, schema.enum?.[0] ?? NOBODY]);

/**
 * Asks all operations and names every answer that is not as declared, or not of a status that was
 * to be expected.
 */
async function sweep(cases: [Found, Asked][], expected: number[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const [one, asked] of cases) {
    const { status, faults } = await ask(one, asked);
    const odd = expected.includes(status) ? [] : [`${status} instead of ${expected.join(' or ')}`];
    for (const fault of [...odd, ...faults])
      wrong.push(`${one.operation.operationId} ${JSON.stringify({ ...asked, raw: undefined })}: ${fault}`);
  }
  return wrong;
}

const withBody = () => found.filter(({ operation }) => operation.requestBody);
/** How the limit of tries a minute answers in place of what the table says; as declared, too. */
const LIMITED = 429;

describe('every answer is as the document declares it', () => {
  test('where the request is as it should be', async () => {
    const recorded: Record<string, Record<string, unknown>> = {};
    const wrong: string[] = [];
    for (const [operationId, step] of Object.entries(walk)) {
      const one = found.find(({ operation }) => operation.operationId === operationId);
      if (!one) throw new Error(`there is no operation ${operationId}`);
      const { status, text, faults } = await ask(one, step);
      if (status >= 300) wrong.push(`${operationId}: ${status} ${text}`);
      wrong.push(...faults.map((fault) => `${operationId}: ${fault}`));
      if (/^[[{]/.test(text)) recorded[operationId] = { [status]: shortened(JSON.parse(text)) };
    }
    if (process.env.RECORD_EXAMPLES) await record(recorded);

    expect(wrong).toEqual([]);
  });

  test('where nobody, or an operator without an account, asks', async () => {
    const known = found.filter((one) => whoOf(one) !== 'guest');

    expect(
      await sweep(
        known.map((one) => [one, { who: 'guest' }]),
        [401],
      ),
    ).toEqual([]);
    const inAccount = known.filter((one) => whoOf(one) === 'owner');
    expect(
      await sweep(
        inAccount.map((one) => [one, { who: 'operator' }]),
        [400],
      ),
    ).toEqual([]);
  });

  test('where the path names what is not there', async () => {
    const named = found.filter((one) => idsOf(one).length > 0);
    const odd = (one: Found) => Object.fromEntries(idsOf(one).map(([name]) => [name, 'no id / at all']));

    const cases = named.map((one): [Found, Asked] => [one, { ...bodyOf(one), params: odd(one) }]);
    expect(await sweep(cases, [404, LIMITED])).toEqual([]);
  });

  test('where a body cannot be read', async () => {
    const raw = (body: string, type: string) => ({ raw: { body, headers: { 'content-type': type } } });
    const cases = (body: string, type = 'application/json') =>
      withBody().map((one): [Found, Asked] => [one, raw(body, type)]);

    expect(await sweep(cases('{"name":'), [400, LIMITED])).toEqual([]);
    expect(await sweep(cases('name=x', 'application/xml'), [415, LIMITED])).toEqual([]);
    expect(await sweep(cases(`"${'x'.repeat(600_000)}"`), [413, LIMITED])).toEqual([]);
    expect(await sweep(cases('[]'), [422, LIMITED])).toEqual([]);
  });

  test('where a field is none, or of another type than declared', async () => {
    const cases = withBody().flatMap((one) => {
      const { properties = {} } = one.operation.requestBody?.content['application/json'].schema ?? {};
      const given = bodyOf(one).body;
      const fields = Object.keys(properties).map((name) => ({ [name]: { odd: [] } }));
      return [{ oddField: 1 }, ...fields].map((change): [Found, Asked] => [one, { body: { ...given, ...change } }]);
    });

    expect(await sweep(cases, [422, LIMITED])).toEqual([]);
  });

  test('where a parameter of the query is none, or outside its declared bounds', async () => {
    const cases = found.flatMap((one) => {
      const declared = one.operation.parameters.filter((parameter) => parameter.in === 'query');
      const odd = declared.flatMap(({ name, schema }) => outside(schema).map((value) => ({ [name]: value })));
      return [{ oddParameter: '1' }, ...odd].map((query): [Found, Asked] => [
        one,
        { query: { ...walk[one.operation.operationId]?.query, ...query } },
      ]);
    });

    expect(cases.length).toBeGreaterThan(150);
    expect(await sweep(cases, [422, LIMITED])).toEqual([]);
  });

  test('where the method is not there: 405, which says what is', async () => {
    for (const path of Object.keys(document.paths)) {
      const one = found.find((candidate) => candidate.path === path);
      const method = ['put', 'patch', 'delete'].find((name) => !(name in (document.paths[path] ?? {})));
      const answer = one && (await ask(one, { method: method ?? 'trace' }));

      expect({ path, status: answer?.status }).toEqual({ path, status: 405 });
      expect(answer?.headers.get('allow')).toBeTruthy();
      expect(answer?.headers.get('content-type')).toContain('application/problem+json');
    }
  });
});

describe('the examples', () => {
  test('of answers and of bodies are as the document declares them, and each kind of answer has one', () => {
    const wrong: string[] = [];
    const without: string[] = [];
    for (const { path, method, operation } of found) {
      const at = `/paths/${escaped(path)}/${method}`;
      const check = (pointer: string, example: unknown) =>
        wrong.push(...faultsIn(`${at}${pointer}/schema`, example).map((fault) => `${operation.operationId}: ${fault}`));
      const body = operation.requestBody?.content['application/json'];
      if (body) check(`/requestBody/content/${escaped('application/json')}`, body.example);
      for (const [status, { content = {} }] of Object.entries(operation.responses))
        for (const [type, { example }] of Object.entries(content)) {
          if (example !== undefined) check(`/responses/${status}/content/${escaped(type)}`, example);
          else if (type === 'application/json' && walk[operation.operationId]) without.push(operation.operationId);
        }
    }

    expect(wrong).toEqual([]);
    expect(without.filter((id) => !TWO_ANSWERS.includes(id))).toEqual([]);
  });
});

/**
 * Which answer they give depends on how fast a purchase is, on whose address it is, or on whether a
 * preview is asked for: the walk has one of the two.
 */
const TWO_ANSWERS = [
  'closeAccount',
  'createBroadcast',
  'createCheckout',
  'eraseContact',
  'grantOffer',
  'mergeContact',
  'putContent',
  'signUp',
  'advanceTestClock',
  'pausePurchase',
  'cancelPurchase',
  'repairDifference',
  'sendBroadcast',
  'revokePurchase',
  'refundPurchase',
  'giveMoneyBack',
  'cancelMyPurchase',
  'takeRetentionOffer',
  'pauseMyPurchase',
  'beginCheckout',
  'cancelBookingsOfExpert',
  'cancelBookingsAsExpert',
];

const bodyOf = (one: Found): { body?: object } =>
  one.operation.requestBody ? { body: one.operation.requestBody.content['application/json'].example as object } : {};

/** Values that a constraint refuses. */
function outside({ type, format, ...schema }: Constraint): string[] {
  const values: string[] = [];
  if (type === 'integer') values.push('x', '1.5', '0x10', '1e1', ' 5', '');
  if (schema.minimum !== undefined) values.push(String(schema.minimum - 1));
  if (schema.maximum !== undefined) values.push(String(schema.maximum + 1));
  if (schema.enum || schema.const) values.push('odd', '');
  if (format) values.push('odd', '');
  if (schema.minLength !== undefined) values.push('x'.repeat(schema.minLength - 1));
  if (schema.maxLength !== undefined) values.push('x'.repeat(schema.maxLength + 1));
  return values;
}

/** A list's first item says as much as all. */
function shortened(answer: { data?: unknown[] }): unknown {
  return Array.isArray(answer.data) ? { ...answer, data: answer.data.slice(0, 1) } : answer;
}

async function record(answers: Record<string, Record<string, unknown>>): Promise<void> {
  const file = new URL('../../api/openapi/examples.json', import.meta.url);
  const list = found.find(({ operation }) => operation.operationId === 'getContact');
  const problems: Record<string, unknown> = {};
  for (const asked of [{ who: 'guest' as const }, {}, { query: { odd: '1' } }]) {
    const { status, text } = await ask(list!, asked);
    problems[status] = JSON.parse(text) as unknown;
  }
  await writeFile(file, `${JSON.stringify({ answers, problems }, null, 2)}\n`);
}
