/** One recipient event, as Resend names them: https://resend.com/docs/webhooks/event-types */
export const EVENT_TYPES = [
  'email.sent',
  'email.delivered',
  'email.delivery_delayed',
  'email.bounced',
  'email.complained',
  'email.suppressed',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

export type Tag = { name: string; value: string };

/** Its content is base64. */
export type Attachment = { filename: string; contentType: string | null; content: string };

/** What a client asked to be sent, lists normalised. */
export type Submission = {
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  replyTo: string[];
  subject: string;
  html: string | null;
  text: string | null;
  headers: Record<string, string>;
  tags: Tag[];
  attachments: Attachment[];
};

/** An email in the mailbox. */
export type StoredEmail = Submission & {
  id: string;
  /** ISO-8601. */
  createdAt: string;
  idempotencyKey: string | null;
  /** All that happened to it, oldest first. */
  events: EventType[];
};

/** The bare address of `Name <a@b.c>` or `a@b.c`, lower-cased. */
export function addressOf(mailbox: string): string {
  return (/<([^<>]+)>\s*$/.exec(mailbox)?.[1] ?? mailbox).trim().toLowerCase();
}

/**
 * What becomes of an email, by Resend's test addresses (`bounced+any-label@resend.dev`); all others
 * are delivered. https://resend.com/docs/dashboard/emails/send-test-emails
 */
export function fateOf(to: readonly string[]): EventType[] {
  const names = to.map((mailbox) => /^([a-z]+)(\+[^@]*)?@resend\.dev$/.exec(addressOf(mailbox))?.[1]);
  if (names.includes('suppressed')) return ['email.sent', 'email.suppressed'];
  if (names.includes('bounced')) return ['email.sent', 'email.bounced'];
  if (names.includes('complained')) return ['email.sent', 'email.delivered', 'email.complained'];
  return ['email.sent', 'email.delivered'];
}
