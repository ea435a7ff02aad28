import type { Shown } from '../data/doc.ts';
import { z } from 'zod';
import type { WebhookEndpoint } from '../data/docs.ts';
import { newId, newSecret } from '../data/ids.ts';
import { API_VERSION } from '../data/new-event.ts';
import { invalidRequest } from '../protocol/fault.ts';
import { emptyable, expand, flag, listFields, metadata, text } from '../protocol/fields.ts';
import { listOf } from './lists.ts';
import { route } from './route.ts';
import { mergeMetadata } from './metadata.ts';

const KEPT_SECONDS = 30 * 86_400;

const events = z.strictObject({ ...listFields, type: text.optional(), types: z.array(text).optional() });
const endpoint = {
  description: emptyable(text).optional(),
  metadata: metadata.optional(),
  expand,
};
const create = z.strictObject({
  ...endpoint,
  api_version: text.optional(),
  connect: flag.optional(),
  enabled_events: z.array(text),
  url: text,
});
const update = z.strictObject({
  ...endpoint,
  disabled: flag.optional(),
  enabled_events: z.array(text).optional(),
  url: text.optional(),
});

function checkUrl(url: string): void {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw invalidRequest('Invalid URL: An explicit scheme (such as https) must be provided.', 'url', 'url_invalid');
}

export const eventRoutes = [
  route('GET', '/v1/events/:id', z.strictObject({ expand }), ({ books, id }) => books.need('event', id)),
  route('GET', '/v1/events', events, ({ books, params }) => {
    const oldest = books.context.now() - KEPT_SECONDS;
    const types = params.types ?? (params.type === undefined ? undefined : [params.type]);
    const paging = { ...params, types: types?.map((type) => type.replaceAll(/[[?]/g, '')) };
    return listOf(books, 'event', paging, { accept: ({ created, _clock }) => created >= oldest || Boolean(_clock) });
  }),
  route('POST', '/v1/webhook_endpoints', create, ({ books, params }) => {
    checkUrl(params.url);
    const made: Shown<WebhookEndpoint> = {
      id: newId('webhook_endpoint'),
      object: 'webhook_endpoint',
      api_version: params.api_version ?? API_VERSION,
      application: null,
      livemode: false,
      created: books.context.now(),
      description: params.description ?? null,
      enabled_events: params.enabled_events,
      metadata: params.metadata ?? {},
      status: 'enabled',
      url: params.url,
      _secret: newSecret('whsec'),
      _connect: params.connect ?? false,
    };
    const shown = { ...books.add(made), secret: made._secret };
    return shown;
  }),
  route('GET', '/v1/webhook_endpoints/:id', z.strictObject({ expand }), ({ books, id }) =>
    books.need('webhook_endpoint', id),
  ),
  route('POST', '/v1/webhook_endpoints/:id', update, ({ books, id, params }) => {
    const known = books.need('webhook_endpoint', id);
    const { url = known.url, enabled_events = known.enabled_events, description = known.description } = params;
    checkUrl(url);
    const status =
      params.disabled === undefined ? known.status : params.disabled ? ('disabled' as const) : ('enabled' as const);
    return books.save({
      ...known,
      url,
      enabled_events,
      description,
      status,
      metadata: mergeMetadata(known.metadata, params.metadata),
    });
  }),
  route('DELETE', '/v1/webhook_endpoints/:id', z.strictObject({ expand }), ({ books, id }) => {
    books.need('webhook_endpoint', id);
    books.remove(id);
    return { id, object: 'webhook_endpoint', deleted: true };
  }),
  route('GET', '/v1/webhook_endpoints', z.strictObject(listFields), ({ books, params }) =>
    listOf(books, 'webhook_endpoint', params),
  ),
];
