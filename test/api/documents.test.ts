import { describe, expect, test } from '@jest/globals';
import { VERB_NAMES } from '../../workflows/domain/verb.ts';
import { api, guest, useApi } from './use-api.ts';

useApi();

type Operation = { responses: Record<string, object>; requestBody?: { content: Record<string, { example?: object }> } };

describe('the OpenAPI document', () => {
  test('names every verb, with an example of each body and no reference that leads nowhere', async () => {
    const { body } = await guest.get('/openapi.json');

    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths as object)).toEqual(
      expect.arrayContaining(VERB_NAMES.map((verb) => `/v1/purchases/{purchaseId}/${verb}`)),
    );
    const operations = Object.values(body.paths as Record<string, Record<string, Operation>>).flatMap((path) =>
      Object.values(path),
    );
    for (const { requestBody } of operations) {
      const media = requestBody?.content['application/json'];
      if (media) expect(media.example).toBeDefined();
    }
    const references = [...JSON.stringify(body).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(references.length).toBeGreaterThan(50);
    for (const name of references) expect(body.components.schemas).toHaveProperty(name ?? '');
  });

  test('gives every operation a name of its own', async () => {
    const { body } = await guest.get('/openapi.json');
    const paths = Object.values(body.paths as Record<string, Record<string, { operationId: string }>>);
    const ids = paths.flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));

    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('pages and probes', () => {
  test('the docs show every route and ask no other host for anything', async () => {
    const { body } = await guest.get('/docs');

    expect(body).toContain('/v1/purchases/{purchaseId}/change-resume-date');
    expect(body).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(body).not.toContain('<script');
  });

  test('health, readiness and metrics answer', async () => {
    expect((await guest.get('/healthz')).body).toEqual({ status: 'ok' });
    expect((await guest.get('/readyz')).body).toEqual({ status: 'ready', postgres: true, temporal: true });
    expect(await api.metrics()).toContain('perennial_http_requests_total');
    expect((await guest.get('/metrics')).status).toBe(404);
  });
});
