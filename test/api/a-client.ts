import { problemSchema } from '../../api/http/problem.ts';
import type { Route } from '../../api/http/route.ts';
import { problemStatuses } from '../../api/openapi/responses.ts';
import { ROUTES } from '../../api/routes.ts';

type Listed = { id: string; email: string };
type Shown = Listed & { key: string };

/** What tests look at in an answer's body; whether it is all as documented is checked for each. */
export type Body = Shown & {
  code?: string;
  detail?: string;
  field?: string;
  state?: string;
  legalVerbs?: string[];
  illegalVerbs?: object[];
  requestId: string;
  marketingStatus: string;
  unsubscribedReason: string | null;
  consents: { kind: string }[];
  submissions: number;
  tags: string[];
  fields: Record<string, unknown>;
  command: Listed;
  purchase: object;
  purchases: { blocks: object[] }[];
  after: { accessStatus: string };
  planHash: string;
  quote: object | null;
  requires?: object[];
  trial?: string;
  trialOnce?: string;
  errors?: { field: string; message: string }[];
  dates: { startsAt: string }[];
  from: string;
  timeZone: string | null;
  calls: { id: string }[];
  officeHours: object[];
  timeOff: object[];
  data: Listed[];
  nextCursor: string | null;
  goesOn: object;
  warning: string;
  purchaseId: string;
  checkoutToken: string;
  status: string;
  offerId: string;
  contactId: string;
  url: string;
  slug: string;
  site: object;
  target: string;
  isMoving: boolean;
  token: string;
  role?: string;
  invitedBy?: object | null;
  listedAt: string;
  account: Listed;
  owner: Listed;
  apiKey: Shown;
  openapi: string;
  paths: Record<string, Record<string, object>>;
  components: { schemas: object };
};

export type Answer = { status: number; body: Body; headers: Headers };

export type Ask = (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
export type Client = {
  get: Ask;
  post: Ask;
  put: Ask;
  patch: Ask;
  delete: Ask;
  send: (method: string, path: string, init: RequestInit) => Promise<Answer>;
};

/**
 * Asks as one key does. Every answer of a documented route is held to its documented status and
 * schema.
 */
export function createClient(url: string, key: string | null, always: Record<string, string>): Client {
  const send = async (method: string, path: string, init: RequestInit): Promise<Answer> => {
    const auth: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {};
    const headers = { ...auth, ...always, ...(init.headers as Record<string, string> | undefined) };
    const response = await fetch(url + path, { redirect: 'manual', ...init, method, headers });
    const isFile = response.headers.get('content-type') === 'application/pdf';
    const text = isFile ? '' : await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    const body = (isFile ? await response.bytes() : isJson ? JSON.parse(text) : text) as Body;
    const answer: Answer = { status: response.status, body, headers: response.headers };
    checkDocumented(method, path, answer);
    return answer;
  };
  const asking =
    (method: string): Ask =>
    (path, body, headers = {}) =>
      send(method, path, body === undefined ? { headers } : json(body, headers));
  const [get, post, put] = [asking('GET'), asking('POST'), asking('PUT')];
  return { get, post, put, patch: asking('PATCH'), delete: asking('DELETE'), send };
}

const json = (body: unknown, headers: Record<string, string>): RequestInit => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
});

function checkDocumented(method: string, path: string, { status, body }: Answer): void {
  const route = ROUTES.find(
    (one) => one.method === method.toLowerCase() && patternOf(one).test(path.split('?')[0] ?? ''),
  );
  if (status >= 400) {
    problemSchema.parse(body);
    if (route && !problemStatuses(route).includes(status))
      throw new Error(`${status} of ${method} ${path} is not documented`);
    return;
  }
  if (!route) return;
  if (!(status in route.answers)) throw new Error(`${status} of ${method} ${path} is not documented`);
  route.answers[status]?.parse(body);
}

const patternOf = ({ path }: Route): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
