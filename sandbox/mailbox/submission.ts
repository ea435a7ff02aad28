import type { Attachment, Submission, Tag } from './email.ts';
import { addressOf } from './email.ts';
import type { Refusal } from './refusals.ts';
import { invalid, invalidFrom, missingField } from './refusals.ts';

const MAX_RECIPIENTS = 50;
const ADDRESS = /^[^\s@<>,]+@[^\s@<>,]+\.[^\s@<>,.]+$/;
const TAG_TEXT = /^[\w-]{1,256}$/;

type Body = Record<string, unknown>;

/** Reads the body of `POST /emails`, or says what is wrong with it in Resend's words. */
export function readSubmission(body: unknown): { submission: Submission } | { refusal: Refusal } {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    return { refusal: invalid('The request body must be a JSON object.') };
  }
  const fields = body as Body;
  const refusal = wrongField(fields);
  if (refusal) return { refusal };
  return {
    submission: {
      from: fields['from'] as string,
      to: list(fields['to']),
      cc: list(fields['cc']),
      bcc: list(fields['bcc']),
      replyTo: list(fields['reply_to']),
      subject: fields['subject'] as string,
      html: (fields['html'] as string | undefined) ?? null,
      text: (fields['text'] as string | undefined) ?? null,
      headers: (fields['headers'] as Record<string, string> | undefined) ?? {},
      tags: (fields['tags'] as Tag[] | undefined) ?? [],
      attachments: attachmentsOf(fields['attachments']),
    },
  };
}

function wrongField(fields: Body): Refusal | null {
  for (const name of ['from', 'to', 'subject']) if (isEmpty(fields[name])) return missingField(name);
  if (isEmpty(fields['html']) && isEmpty(fields['text'])) return missingField('html` or `text');
  if (!isMailbox(fields['from'])) return invalidFrom;
  for (const name of ['subject', 'html', 'text']) {
    if (fields[name] !== undefined && typeof fields[name] !== 'string') {
      return invalid(`The \`${name}\` field must be a \`string\`.`);
    }
  }
  return (
    wrongRecipients(fields) ??
    wrongHeaders(fields['headers']) ??
    wrongTags(fields['tags']) ??
    wrongAttachments(fields['attachments'])
  );
}

function wrongRecipients(fields: Body): Refusal | null {
  for (const name of ['to', 'cc', 'bcc', 'reply_to']) {
    const mailboxes = list(fields[name]);
    if (!mailboxes.every(isMailbox)) {
      return invalid(
        `Invalid \`${name}\` field. The email address needs to follow the \`email@example.com\` or \`Name <email@example.com>\` format.`,
      );
    }
    if (mailboxes.length > MAX_RECIPIENTS) {
      return invalid(`The \`${name}\` field must not have more than ${MAX_RECIPIENTS} items.`);
    }
  }
  return null;
}

function wrongHeaders(headers: unknown): Refusal | null {
  if (headers === undefined || headers === null) return null;
  const isRecord = typeof headers === 'object' && !Array.isArray(headers);
  const isText = isRecord && Object.values(headers).every((value) => typeof value === 'string');
  return isText ? null : invalid('The `headers` field must be an object of strings.');
}

function wrongTags(tags: unknown): Refusal | null {
  if (tags === undefined || tags === null) return null;
  const isTag = (tag: Partial<Tag> | null) => TAG_TEXT.test(String(tag?.name)) && TAG_TEXT.test(String(tag?.value));
  return Array.isArray(tags) && tags.every(isTag)
    ? null
    : invalid('Tags should only contain ASCII letters, numbers, underscores, or dashes.');
}

type GivenAttachment = { filename?: unknown; content?: unknown; content_type?: unknown };

function wrongAttachments(attachments: unknown): Refusal | null {
  if (attachments === undefined || attachments === null) return null;
  const isWhole = (one: GivenAttachment | null) => typeof one?.filename === 'string' && typeof one.content === 'string';
  return Array.isArray(attachments) && attachments.every(isWhole)
    ? null
    : invalid('Each of the `attachments` must have a `filename` and a `content` in base64.');
}

const attachmentsOf = (attachments: unknown): Attachment[] =>
  ((attachments ?? []) as GivenAttachment[]).map(({ filename, content, content_type: type }) => ({
    filename: String(filename),
    contentType: typeof type === 'string' ? type : null,
    content: String(content),
  }));

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function isMailbox(value: unknown): boolean {
  return typeof value === 'string' && !/[\r\n]/.test(value) && ADDRESS.test(addressOf(value));
}

function list(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]) as string[];
}
