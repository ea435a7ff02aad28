import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Link,
  type Span,
  type SpanKind,
} from '@opentelemetry/api';

/**
 * Traces of this process, by OpenTelemetry: nothing is recorded until `startTracing`, and then of
 * people ids only, as in the log.
 */
let isOn = false;

export const isTracing = (): boolean => isOn;
export const traceFromHere = (): void => {
  isOn = true;
};

export type SpanWish = {
  kind?: SpanKind;
  attributes?: Attributes;
  /** By the header `traceparent` of what caused it; absent = the span that is open here, if any. */
  parents?: readonly string[];
};

/** Does `work` in a span of its own; without tracing, just does it. */
export async function inSpan<T>(name: string, wish: SpanWish, work: (span: Span | null) => Promise<T>): Promise<T> {
  if (!isOn) return work(null);
  const { parents = [], ...options } = wish;
  const [parent, ...others] = parents.map(contextOf);
  const tracer = trace.getTracer('perennial');
  return tracer.startActiveSpan(
    name,
    { ...options, links: others.flatMap(linkTo) },
    parent ?? context.active(),
    async (span) => {
      try {
        return await work(span);
      } catch (error) {
        // Its type alone: a message may hold what people wrote.
        span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' });
        throw error;
      } finally {
        span.end();
      }
    },
  );
}

/** The header `traceparent` of the span that is open here; null without one. */
export function traceparent(): string | null {
  if (!isOn) return null;
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}

/** The id by which log lines are found of a trace. */
export const traceId = (): string | undefined => (isOn ? trace.getActiveSpan()?.spanContext().traceId : undefined);

const contextOf = (header: string): Context => propagation.extract(ROOT_CONTEXT, { traceparent: header });

function linkTo(of: Context): Link[] {
  const span = trace.getSpanContext(of);
  return span ? [{ context: span }] : [];
}
