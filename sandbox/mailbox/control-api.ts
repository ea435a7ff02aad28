import express from 'express';
import type { Response, Router } from 'express';
import { z } from 'zod';
import { EVENT_TYPES } from './email.ts';
import { FAULT_KINDS } from './faults.ts';
import type { SendParts } from './sends.ts';
import { recordEvent } from './sends.ts';
import { newSecret, type Endpoint } from './webhooks.ts';

const faultSchema = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  times: z.int().min(1).nullable().default(1),
  to: z.email().optional(),
  retryAfterSeconds: z.int().min(0).optional(),
});
const webhookSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  secret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]+=*$/)
    .optional(),
  /** As at Resend, an endpoint is told of what it has chosen; of everything if it has not. */
  events: z.array(z.enum(EVENT_TYPES)).default([...EVENT_TYPES]),
});
const settingsSchema = z.strictObject({ rateLimitPerSecond: z.int().min(1).nullable() });
const eventSchema = z.strictObject({ type: z.enum(EVENT_TYPES), soft: z.boolean().default(false) });
const searchSchema = z.object({
  to: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

/** What tests and rehearsals steer the mailbox by; Resend has none of it. */
export function controlApi(parts: SendParts): Router {
  const { store } = parts;
  const router = express.Router();
  router.use(express.json());

  router.get('/emails', (req, res) => {
    const search = read(searchSchema, req.query, res);
    if (search) res.json({ data: store.search(search) });
  });
  router.delete('/emails', (_req, res) => void res.json({ deleted: store.clear() }));
  router.post('/emails/:id/events', async (req, res) => {
    const event = read(eventSchema, req.body, res);
    if (!event) return;
    const email = store.find(req.params.id);
    if (!email) return void res.status(404).json({ error: 'no such email' });
    store.atomically(() => recordEvent(parts, email, event.type, event.soft));
    await parts.wake();
    res.status(201).json(store.find(email.id));
  });

  router.use('/faults', faultControl(parts));
  router.use(webhookControl(parts));
  router.get('/settings', (_req, res) => void res.json({ rateLimitPerSecond: store.setting('rateLimitPerSecond') }));
  router.post('/settings', (req, res) => {
    const settings = read(settingsSchema, req.body, res);
    if (!settings) return;
    store.setSetting('rateLimitPerSecond', settings.rateLimitPerSecond);
    res.json(settings);
  });
  return router;
}

function faultControl({ faults }: SendParts): Router {
  const router = express.Router();
  router.get('/', (_req, res) => void res.json({ data: faults.list() }));
  router.post('/', (req, res) => {
    const fault = read(faultSchema, req.body, res);
    if (!fault) return;
    faults.add(fault);
    res.status(201).json(fault);
  });
  router.delete('/', (_req, res) => {
    faults.clear();
    res.status(204).end();
  });
  return router;
}

function webhookControl({ store, wake }: SendParts): Router {
  const router = express.Router();
  router.post('/webhook', (req, res) => {
    const wanted = read(webhookSchema, req.body, res);
    if (!wanted) return;
    const endpoint: Endpoint = { ...wanted, secret: wanted.secret ?? newSecret() };
    store.setSetting('webhook', endpoint);
    res.status(201).json(endpoint);
  });
  router.delete('/webhook', (_req, res) => {
    store.setSetting('webhook', null);
    res.status(204).end();
  });
  router.post('/webhook/flush', async (_req, res) => {
    store.hurryDeliveries();
    await wake();
    res.status(204).end();
  });
  return router;
}

/** The input as the schema has it; else 422 with what is wrong, and null. */
function read<T>(schema: z.ZodType<T>, input: unknown, res: Response): T | null {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  res.status(422).json({ error: z.prettifyError(result.error) });
  return null;
}
