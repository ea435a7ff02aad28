import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingHttpHeaders } from 'node:http';
import { Resend } from 'resend';
import type { ErrorResponse } from 'resend';
import { validate as isUuid } from 'uuid';

/** A rendered email; the same `id` always comes with the same bytes. */
export type OutgoingEmail = {
  /**
   * The row's id: Resend's idempotency key, kept there for 24 hours, and a tag by which Resend's
   * events name it.
   */
  id: string;
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  replyTo?: string;
  headers?: Record<string, string>;
  attachments?: { filename: string; contentType: string; content: Buffer }[];
  /** ASCII letters, digits, `_` and `-` only. */
  tags?: { name: string; value: string }[];
};

export type SendOutcome =
  /** Resend has accepted it, now or at an earlier attempt. */
  | { kind: 'sent'; providerId: string }
  /** Resend will never accept it as it is. */
  | { kind: 'rejected'; code: string; message: string }
  /**
   * Resend has certainly not accepted it, but may later (429, 5xx, an invalid key, no connection).
   */
  | { kind: 'later'; reason: string; retryAfterMs?: number }
  /** It may have been accepted, but no answer came. Safe to repeat while Resend keeps the id. */
  | { kind: 'unknown'; reason: string };

export type Mailer = { send: (email: OutgoingEmail) => Promise<SendOutcome> };

/** The tag in which an email carries its row's id. */
const ID_TAG = 'email_id';

export type MailerOptions = { apiKey: string; baseUrl?: string | undefined; timeoutMs: number };

/** The one client of Resend. It tries once; the caller decides when to try again (R13.6). */
export function createMailer({ apiKey, baseUrl, timeoutMs }: MailerOptions): Mailer {
  const resend = new Resend(apiKey, baseUrl ? { baseUrl } : {});

  async function send({ id, ...email }: OutgoingEmail): Promise<SendOutcome> {
    const tags = [...(email.tags ?? []), { name: ID_TAG, value: id }];
    const connection = watchConnection(id);
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const { data, error, headers } = await resend.emails.send({ ...email, tags }, { idempotencyKey: id, signal });
      if (data) return { kind: 'sent', providerId: data.id };
      if (typeof error.statusCode === 'number') return outcomeOf(error.statusCode, error, headers ?? {});
      const refusedBy = connection.failure();
      if (refusedBy) return { kind: 'later', reason: `not connected: ${refusedBy}` };
      return { kind: 'unknown', reason: signal.aborted ? `no answer in ${timeoutMs} ms` : 'connection lost' };
    } finally {
      connection.unwatch();
    }
  }

  return { send };
}

/** Errors as in https://resend.com/docs/api-reference/errors */
function outcomeOf(status: number, error: ErrorResponse, headers: Record<string, string>): SendOutcome {
  const reason = `${status} ${error.name}`;
  // An answer of a proxy in front of Resend says nothing about what Resend did.
  if (status === 502 || status === 504) return { kind: 'unknown', reason };
  // A wrong key or an unverified domain has to be corrected by the operator; the emails wait for
  // it.
  const isOurSetting = status === 401 || status === 403;
  const isBusy = status === 429 || status >= 500 || error.name === 'concurrent_idempotent_requests';
  if (isOurSetting || isBusy) return { kind: 'later', reason, ...retryAfter(headers) };
  return { kind: 'rejected', code: error.name, message: error.message };
}

function retryAfter(headers: Record<string, string>): { retryAfterMs?: number } {
  const seconds = Number(headers['retry-after'] ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: Math.ceil(seconds * 1000) } : {};
}

/** Failures after which no byte of the request can have left this machine. */
const NEVER_CONNECTED = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

type RequestError = { request: { headers: string[] }; error: Error & { code?: string } };

/**
 * Why the request with this idempotency key never reached Resend, as far as Node knows. The SDK
 * drops the cause of a failed fetch. Without it, a refused connection would count as "may have been
 * sent", and after an outage of a day nothing would be sent automatically.
 */
function watchConnection(idempotencyKey: string) {
  let failure: string | null = null;
  const listen = (message: unknown) => {
    const { request, error } = message as RequestError;
    if (!request.headers.includes(idempotencyKey)) return;
    failure = error.code && NEVER_CONNECTED.includes(error.code) ? error.code : null;
  };
  subscribe('undici:request:error', listen);
  return { failure: () => failure, unwatch: () => void unsubscribe('undici:request:error', listen) };
}

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
