import { z } from 'zod';
import { namesOver } from '../http/counts.ts';
import { id, instant } from '../http/fields.ts';
import { namedPurchase } from '../purchase/named-purchase.ts';

const at = instant.nullable();

export const WEBHOOK_STATES = ['pending', 'applied', 'no_change', 'failed', 'unmatched', 'dead'] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

export const webhookSchema = z
  .strictObject({
    id,
    kind: z.string().meta({ examples: ['invoice.paid'] }),
    stripeId: z.string().meta({ description: "Stripe's id of the event.", examples: ['evt_1Q2w3E'] }),
    state: z.enum(WEBHOOK_STATES),
    purchase: namedPurchase.nullable(),
    occurredAt: instant,
    receivedAt: instant,
    doneAt: at,
    tries: z.int().meta({ description: 'How often its purchase was woken, or looked for, beyond the first time.' }),
    nextTryAt: at,
    detail: z.string().nullable().meta({ description: 'Why it had no effect, in words.' }),
    isReplayable: z.boolean(),
  })
  .meta({ id: 'Webhook', description: 'An event of Stripe, and what became of it.' });

export const webhookCounts = z
  .strictObject({
    ...(Object.fromEntries(WEBHOOK_STATES.map((state) => [state, z.int()])) as Record<WebhookState, z.ZodInt>),
    over: namesOver(WEBHOOK_STATES),
  })
  .meta({ id: 'WebhookCounts' });

export const webhookBody = z
  .strictObject({ webhookId: id, event: z.unknown() })
  .meta({ id: 'WebhookBody', description: 'The event as Stripe sent it, with personal data in it.' });
