import type { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import type { Broadcast } from '../../db/entities/broadcast.ts';
import type { BulkJob } from '../../db/entities/bulk-job.ts';
import { broadcastFigures, type BroadcastFigures } from '../../db/mail/broadcast-figures.ts';
import { jobsOf } from '../../db/mail/broadcasts.ts';
import { actorEmails } from '../../db/people/actor-emails.ts';
import type { EmailWords } from '../../emails/catalogue.ts';
import { toApiActor } from '../purchase/purchase-view.ts';
import type { broadcastSchema, givenText } from './broadcast-schema.ts';

type GivenText = { [Name in keyof typeof givenText]: z.output<(typeof givenText)[Name]> };

/** Whatever its language, it may name what broadcasts know. */
export const AS_WRITTEN = { kind: 'broadcast', language: 'en' } as const;

const ACTION = '{{action}}';

/** A broadcast's words as emails have them: the button stands somewhere, or nowhere. */
export function toWords({ subject, preview, heading, body, button }: GivenText): EmailWords {
  const [first = subject] = body.filter((paragraph) => paragraph !== ACTION);
  const withButton = body.includes(ACTION) ? body : [...body, ACTION];
  const words = { subject, preview: preview ?? first.slice(0, 200), heading: heading ?? subject };
  if (button) return { ...words, body: withButton, button: button.label };
  return { ...words, body: body.filter((paragraph) => paragraph !== ACTION), button: null };
}

/** Broadcasts with what has become of them so far. */
export async function broadcastViews(
  em: Scoped,
  broadcasts: readonly Broadcast[],
): Promise<z.input<typeof broadcastSchema>[]> {
  const jobs = await jobsOf(em, broadcasts);
  const figuresOf = await broadcastFigures(
    em,
    [...jobs.values()].map(({ jobId }) => jobId),
  );
  const actors = [...broadcasts, ...jobs.values()].flatMap((one) =>
    'actor' in one ? one.actor : (one.changedBy ?? []),
  );
  const emails = await actorEmails(em, actors);
  return broadcasts.map((broadcast) => {
    const job = jobs.get(broadcast.jobId);
    return {
      ...ofDraft(broadcast),
      ...ofJob(job),
      figures: job ? toApiFigures(figuresOf(job.jobId)) : null,
      by: toApiActor(broadcast.actor, emails),
      changedBy: job?.changedBy ? toApiActor(job.changedBy, emails) : null,
    };
  });
}

export const broadcastView = async (em: Scoped, one: Broadcast): Promise<z.input<typeof broadcastSchema>> =>
  (await broadcastViews(em, [one]))[0]!;

const ofDraft = ({ id, name, segment, words, buttonUrl, jobId, createdAt }: Broadcast) => ({
  id,
  name,
  segment,
  subject: words.subject,
  preview: words.preview,
  heading: words.heading,
  body: [...words.body],
  button: words.button !== null && buttonUrl !== null ? { label: words.button, url: buttonUrl } : null,
  jobId,
  createdAt,
});

const ofJob = (job: BulkJob | undefined) => ({
  state: job?.state ?? ('draft' as const),
  sendAt: job?.startsAt ?? null,
  endedAt: job?.endedAt ?? null,
  stuckReason: job?.stuckReason ?? null,
});

function toApiFigures({ states, suppressed, unsubscribed }: BroadcastFigures) {
  const recipients = Object.values(states).reduce((sum, count) => sum + count, 0);
  return { ...states, recipients, unsubscribed, suppressedBy: suppressed };
}
