import type { z } from 'zod';
import type { EmailSurroundings, ListedEmail } from '../../db/mail/email-list.ts';
import { isTestEmail } from '../../db/mail/emails.ts';
import type { EmailKind } from '../../emails/catalogue.ts';
import type { emailSchema, fullEmailSchema } from './email-schema.ts';
import { toApiActor } from '../purchase/purchase-view.ts';

export function toApiEmail({ email, to, offer }: ListedEmail): z.input<typeof emailSchema> {
  const { id, kind, state, reason, recipientKind, recipientId, purchaseId, subject } = email;
  const { dueAt, sentAt, attempts, resendOf } = email;
  return {
    id,
    kind: kind as EmailKind,
    state,
    reason,
    recipientKind,
    recipientId,
    to,
    purchaseId,
    offer: offer && { id: offer.id, name: offer.name },
    subject,
    dueAt,
    sentAt,
    attempts,
    resendOf,
    isTest: isTestEmail(email),
  };
}

/**
 * With its text, except while it waits to be sent: until then it may hold a one-time link that
 * works.
 */
export function toApiFullEmail(
  listed: ListedEmail,
  { causes, resends }: EmailSurroundings,
): z.input<typeof fullEmailSchema> {
  const { html, text, state } = listed.email;
  return {
    ...toApiEmail(listed),
    html: state === 'queued' ? null : withoutTokens(html),
    text: state === 'queued' ? null : withoutTokens(text),
    causes: causes.rows.map(({ id, type, at, actor, commandId }) => ({
      id,
      type,
      at,
      commandId,
      actor: toApiActor(actor, causes.emails),
      reason: (commandId && causes.reasons.get(commandId)) ?? null,
    })),
    resends: resends.map(({ id, state: now, dueAt }) => ({ id, state: now, dueAt })),
  };
}

/** One-time links are for the recipient only: nobody who reads an email here may use them. */
export const withoutTokens = (words: string | null): string | null =>
  words && words.replaceAll(/token(?:=|%3D)[\w-]+/gi, 'token=removed');
