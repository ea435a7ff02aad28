import { SpanKind } from '@opentelemetry/api';
import type Stripe from 'stripe';
import { inSpan } from '../../../tracing/spans.ts';

type HttpClient = ReturnType<typeof Stripe.createNodeHttpClient>;

/** Each call of Stripe as a span: by its kind, since addresses name objects and people. */
export const traced = (client: HttpClient): HttpClient => ({
  getClientName: () => client.getClientName(),
  makeRequest: (host, port, path, method, ...rest) =>
    inSpan(
      `stripe ${method} ${kindOf(path)}`,
      { kind: SpanKind.CLIENT, attributes: about(host, path, method) },
      async (span) => {
        const answer = await client.makeRequest(host, port, path, method, ...rest);
        span?.setAttribute('http.response.status_code', answer.getStatusCode());
        return answer;
      },
    ),
});

const about = (host: string, path: string, method: string) => ({
  'server.address': host,
  'http.request.method': method,
  'url.template': kindOf(path),
});

/** `/v1/subscriptions/sub_1?expand=…` -> `/v1/subscriptions/{id}`: a name has small letters alone. */
const kindOf = (path: string): string =>
  path
    .replace(/\?.*/s, '')
    .split('/')
    .map((part, place) => (place > 1 && /[\dA-Z]/.test(part) ? '{id}' : part))
    .join('/');
