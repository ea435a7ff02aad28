import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Resend } from 'resend';
import type { ErrorResponse } from 'resend';

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

/** What became of each email of a request, in its order: Resend's id, or why it was refused. */
export type BatchOutcome =
  | { kind: 'sent'; answers: ({ providerId: string } | { refusedAs: string })[] }
  | Exclude<SendOutcome, { kind: 'sent' }>;

export type Mailer = {
  send: (email: OutgoingEmail) => Promise<SendOutcome>;
  /** Up to a hundred emails in one request, without attachments; `key`: its idempotency key. */
  sendBatch: (key: string, emails: readonly OutgoingEmail[]) => Promise<BatchOutcome>;
};

/** The tag in which an email carries its row's id. */
export const ID_TAG = 'email_id';

export type MailerOptions = { apiKey: string; baseUrl?: string | undefined; timeoutMs: number };

/** The one client of Resend. It tries once; the caller decides when to try again (R13.6). */
export function createMailer({ apiKey, baseUrl, timeoutMs }: MailerOptions): Mailer {
  const resend = new Resend(apiKey, baseUrl ? { baseUrl } : {});

  /** One request under a key, and what its answer means. */
  async function ask<Data>(key: string, request: (options: Options) => Promise<Answer<Data>>) {
    const connection = watchConnection(key);
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const { data, error, headers } = await request({ idempotencyKey: key, signal });
      if (data) return { kind: 'taken' as const, data };
      if (error && typeof error.statusCode === 'number') return outcomeOf(error.statusCode, error, headers ?? {});
      const refusedBy = connection.failure();
      if (refusedBy) return { kind: 'later' as const, reason: `not connected: ${refusedBy}` };
      const reason = signal.aborted ? `no answer in ${timeoutMs} ms` : 'connection lost';
      return { kind: 'unknown' as const, reason };
    } finally {
      connection.unwatch();
    }
  }

  return {
    async send(email) {
      const taken = await ask(email.id, (options) => resend.emails.send(toResend(email), options));
      return taken.kind === 'taken' ? { kind: 'sent', providerId: taken.data.id } : taken;
    },
    async sendBatch(key, emails) {
      const taken = await ask(key, (options) => resend.batch.send(emails.map(toResend), { ...options, ...PERMISSIVE }));
      return taken.kind === 'taken' ? { kind: 'sent', answers: answersOf(emails.length, taken.data) } : taken;
    },
  };
}

type Options = { idempotencyKey: string; signal: AbortSignal };
type Answer<Data> = { data: Data | null; error: ErrorResponse | null; headers: Record<string, string> | null };

/** One address that Resend refuses holds up nobody else's email. */
const PERMISSIVE = { batchValidation: 'permissive' } as const;

const toResend = ({ id, ...email }: OutgoingEmail) => ({
  ...email,
  tags: [...(email.tags ?? []), { name: ID_TAG, value: id }],
});

type Taken = { data: { id: string }[]; errors?: { index: number; message: string }[] };

/** Resend lists those that it has taken in their order, and of the others which they were. */
function answersOf(count: number, { data, errors = [] }: Taken): Extract<BatchOutcome, { kind: 'sent' }>['answers'] {
  const refused = new Map(errors.map(({ index, message }) => [index, message]));
  const taken = data.values();
  return Array.from({ length: count }, (_, index) => {
    const refusedAs = refused.get(index);
    return refusedAs === undefined ? { providerId: taken.next().value?.id ?? '' } : { refusedAs };
  });
}

/** Errors as in https://resend.com/docs/api-reference/errors */
function outcomeOf(
  status: number,
  error: ErrorResponse,
  headers: Record<string, string>,
): Exclude<SendOutcome, { kind: 'sent' }> {
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
