import { SpanKind } from '@opentelemetry/api';
import type Stripe from 'stripe';
import { inSpan } from '../../../tracing/spans.ts';

type HttpClient = ReturnType<typeof Stripe.createNodeHttpClient>;

type Request = Parameters<HttpClient['makeRequest']>;

/** Each call of Stripe as a span: by its kind, since addresses name objects and people. */
export const traced = (client: HttpClient): HttpClient => ({
  getClientName: () => client.getClientName(),
  makeRequest(...request: Request) {
    const [host, , path, method] = request;
    const wish = { kind: SpanKind.CLIENT, attributes: about(host, path, method) };
    return inSpan(`stripe ${method} ${kindOf(path)}`, wish, async (span) => {
      const answer = await client.makeRequest(...request);
      span?.setAttribute('http.response.status_code', answer.getStatusCode());
      return answer;
    });
  },
});

const about = (host: string, path: string, method: string) => ({
  'server.address': host,
  'http.request.method': method,
  'url.template': kindOf(path),
});

/** `/v1/subscriptions/sub_1?expand=…` -> `/v1/subscriptions/{id}`: names have small letters. */
const kindOf = (path: string): string =>
  path
    .replace(/\?.*/s, '')
    .split('/')
    .map((part, place) => (place > 1 && /[\dA-Z]/.test(part) ? '{id}' : part))
    .join('/');
