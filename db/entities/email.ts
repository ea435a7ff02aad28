import { defineEntity, p, type Opt } from '@mikro-orm/core';
import type { EntryData } from '../../workflows/domain/outcome.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { instant } from './column-types.ts';

export const RECIPIENT_KINDS = ['contact', 'admin', 'expert'] as const;
export type RecipientKind = (typeof RECIPIENT_KINDS)[number];

export const EMAIL_STATES = [
  'queued',
  'sent',
  'delivered',
  'bounced',
  'complained',
  'suppressed',
  'failed',
  'unknown',
] as const;
export type EmailState = (typeof EMAIL_STATES)[number];

const schema = defineEntity({
  name: 'Email',
  tableName: 'emails',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    kind: p.text(),
    recordKey: p.text(),
    position: p.integer(),
    recipientKind: p.text().$type<RecipientKind>(),
    recipientId: p.uuid(),
    /** To whose address it was sent, who is part of its recipient now; null = to its own. */
    mergedFrom: p.uuid().$type<Opt<string>>().strictNullable(),
    purchaseId: p.uuid().strictNullable(),
    /** The purchase's record that caused it; null = none did. */
    revision: p.integer().strictNullable(),
    /** The entry of the timeline that it tells of. */
    timelineId: p.uuid().strictNullable(),
    data: p.json<EntryData>(),
    isWelcome: p.boolean(),
    /** Only those who subscribed get it [R3.4]. */
    isMarketing: p.boolean().default(false),
    state: p.text().$type<EmailState>().default('queued'),
    reason: p.text().strictNullable(),
    subject: p.text().strictNullable(),
    html: p.text().strictNullable(),
    text: p.text().strictNullable(),
    calendar: p.text().strictNullable(),
    providerId: p.text().strictNullable(),
    dueAt: instant(),
    firstTriedAt: instant().strictNullable(),
    sentAt: instant().strictNullable(),
    /** When the provider last said that it does not get through yet. */
    delayedAt: instant().$type<Opt<Instant>>().strictNullable(),
    attempts: p.integer().default(0),
    resendOf: p.uuid().strictNullable(),
    wakeAt: instant().defaultRaw(`now() + interval '1 minute'`),
    wakes: p.integer().default(0),
    /** The job that sends it; null = it has a workflow of its own. */
    jobId: p.uuid().$type<Opt<string>>().strictNullable(),
    /** Which of a job's emails go in one request: the request's idempotency key. */
    batchId: p.uuid().$type<Opt<string>>().strictNullable(),
  },
});

/** One email to one person, from queued to delivered; rendered once, bytes kept [R13.5]. */
export class Email extends schema.class {}
schema.setClass(Email);
