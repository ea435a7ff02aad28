import { z } from 'zod';
import { EMAIL_STATES } from '../../db/entities/email.ts';
import { JOB_STATES } from '../../workflows/domain/job.ts';
import { intOfEach } from '../http/counts.ts';
import { givenId, httpsUrl, id, instant, name } from '../http/fields.ts';
import { segmentName } from '../people/segment-schema.ts';
import { actorSchema } from '../purchase/purchase-schema.ts';
import { givenWords } from './email-template-schema.ts';

const { subject, body, preview, heading } = givenWords;

/** What a broadcast says, as people give it. */
export const givenText = {
  subject,
  preview: preview
    .nullable()
    .default(null)
    .describe('What an inbox shows beside the subject; null: the first paragraph.'),
  heading: heading.nullable().default(null).describe('null: the subject.'),
  body: body.describe(
    'Paragraphs, in which `{{contactName}}` and `{{siteName}}` may stand. `{{action}}` is where the button goes; else it comes last.',
  ),
  button: z
    .strictObject({ label: preview, url: httpsUrl })
    .meta({ id: 'GivenBroadcastButton' })
    .nullable()
    .default(null)
    .describe('What the button says, and where it leads.'),
};

export const givenBroadcast = {
  name: name.nullable().default(null).describe('For yourselves; null: the subject.'),
  segment: segmentName,
  ...givenText,
};

export const ofContact = {
  contactId: givenId.nullable().default(null).describe('In whose name it is written; null: an example’s.'),
};

const reasons = z
  .array(z.strictObject({ reason: z.string(), count: z.int() }))
  .describe('Who does not get it, by the reason, such as `never_subscribed`.');

export const audienceSchema = z
  .strictObject({
    status: z.literal('preview'),
    inSegment: z.int(),
    getIt: z.int().describe('Those who would get it now; whether they have subscribed is asked again when it is sent.'),
    suppressed: reasons,
  })
  .meta({ id: 'BroadcastPreview' });
export type ApiAudience = z.output<typeof audienceSchema>;

const figures = z
  .strictObject({
    ...intOfEach(EMAIL_STATES),
    recipients: z.int().describe('All of the segment, whether they got it or not.'),
    unsubscribed: z.int().describe('By a link in it.'),
    suppressedBy: reasons,
  })
  .meta({ id: 'BroadcastFigures', description: 'Its emails by what has become of them, each counted once.' });

export const broadcastSchema = z
  .strictObject({
    id,
    name: z.string(),
    state: z.enum(['draft', ...JOB_STATES]),
    segment: z.string().describe('Whose members get it, as far as they have subscribed.'),
    subject: z.string(),
    preview: z.string(),
    heading: z.string(),
    body: z.array(z.string()),
    button: z.strictObject({ label: z.string(), url: z.string() }).meta({ id: 'BroadcastButton' }).nullable(),
    jobId: id.nullable().describe('The job that sends it, by which it is paused, resumed and canceled.'),
    sendAt: instant.nullable().describe('When it was, or will be, begun to be sent.'),
    endedAt: instant.nullable(),
    stuckReason: z.string().nullable().describe('Why it does not go on at the moment; it is tried again by itself.'),
    figures: figures.nullable().describe('null while it is a draft.'),
    createdAt: instant,
    by: actorSchema,
    changedBy: actorSchema.nullable().describe('Who paused, resumed or canceled it last.'),
  })
  .meta({ id: 'Broadcast', description: 'One email to a segment.' });
export type ApiBroadcast = z.output<typeof broadcastSchema>;
