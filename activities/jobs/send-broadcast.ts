import {
  beginBatch,
  endBatch,
  giveUpBatch,
  noteNotTaken,
  type Answered,
  type Batch,
  type BroadcastMaterial,
  type InBatch,
  type ToWrite,
} from '../../db/mail/broadcast-batch.ts';
import { emailSite } from '../../db/mail/email-site.ts';
import { fixRecipients, openEmails, withdrawEmails } from '../../db/mail/broadcast-recipients.ts';
import type { Orm } from '../../db/orm.ts';
import { unsubscribeOf } from '../../db/people/unsubscribe-link.ts';
import type { RenderedEmail } from '../../emails/catalogue.ts';
import { toMs, type Instant } from '../../workflows/domain/instant.ts';
import type { FaultPoint } from '../fault-points.ts';
import type { BatchOutcome, Mailer, OutgoingEmail } from '../gateways/resend.ts';
import { renderer } from '../mail/renderer.ts';
import { UNKNOWN_AFTER_MS } from '../mail/send-email.ts';
import type { JobWork, WorkDone } from './job-work.ts';

export type BroadcastDeps = {
  orm: Orm;
  mailer: Pick<Mailer, 'sendBatch'>;
  publicUrl: string;
  /** Signs the links to unsubscribe. */
  secretKey: string;
  /** `Name <address>`. */
  mailFrom: string;
  /** Real time, by which the provider forgets keys. */
  now: () => Instant;
  faultPoint: FaultPoint;
};

/** A broadcast: its lines are emails, a hundred of which go in one request [R3.4]. */
export function sendsBroadcast(deps: BroadcastDeps): JobWork {
  const { orm, faultPoint } = deps;
  return {
    prepare: async (job) => {
      const hasMore = await fixRecipients(orm.em.fork(), job);
      await faultPoint('recipients:fixed', [job.id]);
      return hasMore;
    },
    count: ({ id }) => openEmails(orm.em.fork(), id),
    work: ({ id }) => sendNext(deps, id),
    withdraw: ({ id }) => withdrawEmails(orm.em.fork(), id),
  };
}

const DONE: WorkDone = { kind: 'done' };

async function sendNext(deps: BroadcastDeps, jobId: string): Promise<WorkDone> {
  const em = deps.orm.em.fork();
  const startedAt = deps.now();
  const batch = await beginBatch(em, jobId, startedAt, (material, one) => write(deps, material, one));
  if (!batch) return DONE;
  const { triedBefore } = batch;
  if (triedBefore !== null && toMs(startedAt) - toMs(triedBefore) >= UNKNOWN_AFTER_MS) {
    await giveUpBatch(em, batch.id, { state: 'unknown', reason: 'no_answer_in_time' });
    return DONE;
  }
  if (batch.emails.length === 0) return nobodyLeft(deps, batch);
  await deps.faultPoint('batch:before', [jobId]);
  const outcome = await deps.mailer.sendBatch(
    batch.id,
    batch.emails.map((one) => outgoing(deps, one)),
  );
  await deps.faultPoint('batch:after', [jobId]);
  return settle(deps, batch, outcome);
}

/** Whether those who were to get it did is known by nobody, where the provider may have it. */
async function nobodyLeft({ orm }: BroadcastDeps, { id, triedBefore }: Batch): Promise<WorkDone> {
  if (triedBefore !== null) await giveUpBatch(orm.em.fork(), id, { state: 'unknown', reason: 'not_asked_again' });
  return DONE;
}

async function write(deps: BroadcastDeps, material: BroadcastMaterial, one: ToWrite): Promise<RenderedEmail> {
  const { words, buttonUrl } = material;
  // What was written stays as it is; the frame around it is in the reader's language.
  const site = emailSite(material.account, one.language);
  const { renderEmail } = await renderer();
  const unsubscribeUrl = unsubscribeOf(one.contactId, { ...deps, emailId: one.emailId }).url;
  return renderEmail('broadcast', { site, contactName: one.contactName, buttonUrl }, { words, unsubscribeUrl });
}

function outgoing(deps: BroadcastDeps, { emailId: id, contactId, ...email }: InBatch): OutgoingEmail {
  const { headers } = unsubscribeOf(contactId, { ...deps, emailId: id });
  return { ...email, id, from: deps.mailFrom, tags: [{ name: 'kind', value: 'broadcast' }], headers };
}

async function settle({ orm, now }: BroadcastDeps, batch: Batch, outcome: BatchOutcome): Promise<WorkDone> {
  const em = orm.em.fork();
  switch (outcome.kind) {
    case 'sent':
      await endBatch(em, batch.id, answered(batch, outcome.answers), now());
      return DONE;
    case 'rejected': {
      // Other bytes under this key: an earlier try was taken, and somebody has left since, or
      // changed the address. The provider's reports will say of each that it was sent.
      const wasTaken = outcome.code === 'invalid_idempotent_request';
      const reason = `${outcome.code}: ${outcome.message}`;
      await giveUpBatch(em, batch.id, { state: wasTaken ? 'unknown' : 'failed', reason });
      return DONE;
    }
    case 'later':
      await noteNotTaken(em, batch);
      return { kind: 'later', reason: outcome.reason, afterMs: outcome.retryAfterMs ?? null };
    case 'unknown':
      return { kind: 'later', reason: outcome.reason, afterMs: null };
  }
}

type Answers = Extract<BatchOutcome, { kind: 'sent' }>['answers'];

const answered = ({ emails }: Batch, answers: Answers): Answered[] =>
  emails.map(({ emailId }, index) => {
    const answer = answers[index];
    if (!answer) throw new Error('an answer to fewer emails than were sent');
    return 'providerId' in answer
      ? { emailId, providerId: answer.providerId, reason: null }
      : { emailId, providerId: null, reason: answer.refusedAs };
  });
