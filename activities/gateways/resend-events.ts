import type { IncomingHttpHeaders } from 'node:http';
import { Resend } from 'resend';
import { validate as isUuid } from 'uuid';
import { ID_TAG } from './resend.ts';

/** The events of Resend about an email. https://resend.com/docs/webhooks/event-types */
export type ResendEvent = {
  /** The delivery's id, the same for each repetition. */
  id: string;
  /** ISO-8601. */
  occurredAt: string;
  /** The row that it names; null = none, since the email was sent by somebody else. */
  emailId: string | null;
} & (
  | { kind: 'sent' | 'delivered' | 'delivery_delayed' | 'complained'; providerId: string }
  /** Only a permanent bounce unsubscribes (R3.5). */
  | { kind: 'bounced'; providerId: string; isPermanent: boolean; message: string }
  | { kind: 'suppressed' | 'failed'; providerId: string; message: string }
  | { kind: 'ignored'; type: string }
);

/** `unreadable`: signed, but not an event as Resend writes them. */
export type WebhookVerdict =
  { kind: 'verified'; event: ResendEvent } | { kind: 'refused'; reason: string } | { kind: 'unreadable' };

/**
 * Checks the signature (Svix's scheme, 5 minutes of tolerance) over the bytes as they came, and
 * reads the event. Throws only if the secret itself cannot be read.
 */
export function verifyResendWebhook(rawBody: Buffer, headers: IncomingHttpHeaders, secret: string): WebhookVerdict {
  const header = (name: string) => String(headers[name] ?? '');
  const signed = { id: header('svix-id'), timestamp: header('svix-timestamp'), signature: header('svix-signature') };
  try {
    const payload = rawBody.toString('utf8');
    const event = VERIFIER.webhooks.verify({ payload, headers: signed, webhookSecret: secret });
    return readVerified(signed.id, event);
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'unreadable' };
    if (error instanceof Error && error.name === 'WebhookVerificationError') {
      return { kind: 'refused', reason: error.message };
    }
    throw error;
  }
}

/** The signature proves who wrote it, not that it can be read. */
function readVerified(id: string, payload: Payload): WebhookVerdict {
  try {
    const event = readEvent(id, payload);
    const texts = Object.values(event).filter((value) => typeof value !== 'boolean' && value !== null);
    const isNamed = !('providerId' in event) || event.providerId.length <= 255;
    return isNamed && texts.every(isText) ? { kind: 'verified', event } : { kind: 'unreadable' };
  } catch {
    return { kind: 'unreadable' };
  }
}

/** A text that Postgres can keep. */
const isText = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= 10_000 && value.isWellFormed() && !value.includes('\0');

// Verifying asks no API, but the SDK makes no client without a key.
const VERIFIER = new Resend('re_verifying_only');

type Payload = ReturnType<Resend['webhooks']['verify']>;

function readEvent(id: string, payload: Payload): ResendEvent {
  const base = { id, occurredAt: new Date(payload.created_at).toISOString(), emailId: emailIdOf(payload) };
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- Resend’s list
  switch (payload.type) {
    case 'email.sent':
    case 'email.delivered':
    case 'email.delivery_delayed':
    case 'email.complained':
      return { ...base, kind: KINDS[payload.type], providerId: payload.data.email_id };
    case 'email.bounced': {
      const { type, message } = payload.data.bounce;
      return {
        ...base,
        kind: 'bounced',
        providerId: payload.data.email_id,
        isPermanent: type === 'Permanent',
        message,
      };
    }
    case 'email.suppressed':
      return {
        ...base,
        kind: 'suppressed',
        providerId: payload.data.email_id,
        message: payload.data.suppressed.message,
      };
    case 'email.failed':
      return { ...base, kind: 'failed', providerId: payload.data.email_id, message: payload.data.failed.reason };
    default:
      return { ...base, kind: 'ignored', type: payload.type };
  }
}

function emailIdOf({ data }: Payload): string | null {
  const id = ('tags' in data && data.tags?.[ID_TAG]) || '';
  return isUuid(id) ? id : null;
}

const KINDS = {
  'email.sent': 'sent',
  'email.delivered': 'delivered',
  'email.delivery_delayed': 'delivery_delayed',
  'email.complained': 'complained',
} as const;
