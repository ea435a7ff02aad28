import type { IncomingMessage, ServerResponse } from 'node:http';
import { SpanKind } from '@opentelemetry/api';
import type { Request } from 'express';
import { inSpan, isTracing } from '../../tracing/spans.ts';

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Each request as a span, in the trace that its header names. It is called by its route and never
 * by its address, which may hold ids and what people type.
 */
export const traced =
  (answer: Answering): Answering =>
  (request, response) => {
    if (!isTracing()) return answer(request, response);
    const { method = 'GET', headers } = request;
    const parents = typeof headers.traceparent === 'string' ? [headers.traceparent] : [];
    const wish = { kind: SpanKind.SERVER, parents, attributes: { 'http.request.method': method } };
    void inSpan(method, wish, async (span) => {
      const ended = new Promise((resolve) => response.once('close', resolve));
      answer(request, response);
      await ended;
      const path = request.url?.startsWith('/webhooks/') ? '/webhooks' : pathOf(request as Request);
      if (path) span?.updateName(`${method} ${path}`).setAttribute('http.route', path);
      span?.setAttribute('http.response.status_code', response.statusCode);
    });
  };

/** The pattern and never the path itself, which may hold ids; undefined = no route took it. */
export const pathOf = ({ route }: Request): string | undefined => (route as { path?: string } | undefined)?.path;
