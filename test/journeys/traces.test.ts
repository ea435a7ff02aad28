import { expect, test } from '@jest/globals';
import { aCollector, type Collected } from '../ground/collector.ts';
import { startTracing } from '../../tracing/start.ts';
import { aSite } from './a-site.ts';
import { town, useTown } from './use-town.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';

useTown();

test('a request is followed through the purchase’s turn to Stripe, and nobody is named on the way', async () => {
  const collector = await aCollector();
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  const site = await aSite(town);
  const id = await site.buy(await site.offer(), { email: 'zoe@example.com' });
  const before = await site.owner.get(`/v1/purchases/${id}`);
  const tracing = await startTracing('test', {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_TRACES_SAMPLER_ARG: 1,
  });

  const headers = { traceparent: `00-${TRACE}-${CALLER}-01` };
  const paused = await site.owner.post(`/v1/purchases/${id}/pause`, { reason: 'Zoe is on leave' }, headers);
  await site.owner.get('/v1/contacts?q=zoe@example.com');
  await tracing.stop();
  collector.close();

  expect([before.status, paused.status]).toEqual([200, 200]);
  const spans = collector.spans.filter(({ traceId }) => traceId === TRACE);
  const path = pathOf(spans, 'stripe POST /v1/subscriptions/{id}');
  expect(path).toEqual([
    CALLER,
    'POST /v1/purchases/:purchaseId/pause',
    'activity recordPurchase',
    'stripe POST /v1/subscriptions/{id}',
  ]);
  expect(spans.map(({ name }) => name)).toContain('temporal look');
  expect(attributesOf(spans, 'activity recordPurchase')).toMatchObject({ 'temporal.workflow.id': `purchase:${id}` });
  expect(attributesOf(spans, 'POST /v1/purchases/:purchaseId/pause')).toMatchObject({
    'http.response.status_code': 200,
  });
  expect(JSON.stringify(collector.spans)).not.toMatch(/zoe/i);
});

/** The names from the root down to a span; a parent of somebody else's is its id. */
function pathOf(spans: readonly Collected[], name: string): string[] {
  const path: string[] = [];
  let at = spans.find((span) => span.name === name);
  let parent: string | undefined;
  while (at) {
    path.unshift(at.name);
    parent = at.parentSpanId;
    at = spans.find(({ spanId }) => spanId === parent);
  }
  return parent ? [parent, ...path] : path;
}

function attributesOf(spans: readonly Collected[], name: string): Record<string, unknown> {
  const { attributes = [] } = spans.find((span) => span.name === name) ?? {};
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
