import type { Orm } from '../../db/orm.ts';
import { leadsAddOn } from '../../db/platform/follow-interval.ts';
import { confirmationOf } from '../../db/platform/sign-up.ts';
import { makesAccount } from '../../db/platform/sign-up-parts.ts';
import type { PurchaseRecord } from '../../db/purchase/purchase-record.ts';
import { toldDependents } from '../../db/purchase/requirements.ts';
import { recordPurchase, type Recorded } from '../../db/purchase/record-purchase.ts';
import { log } from '../../log.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { PendingCommand } from '../../workflows/domain/pending.ts';
import type { LifecycleSettings } from '../../workflows/domain/settings.ts';
import { finishVerb } from '../../workflows/purchase/finish-verb.ts';
import type { WriteAnswer } from '../../workflows/purchase/write-answer.ts';
import type { FaultPoint } from '../fault-points.ts';
import type { Wakes } from '../gateways/temporal.ts';
import type { AtOnce } from '../mail/send-at-once.ts';
import type { Sender, Tried } from './send-to-stripe.ts';

/**
 * `tried`: the outcome of the first attempt at Stripe, if one was to follow. `finished`: all of the
 * verb was done and is recorded, as the next revision; absent in histories of 0.1.
 */
export type RecordAnswer =
  { kind: 'recorded'; tried: Tried | null; finished?: Finished | null } | Exclude<Recorded, { kind: 'recorded' }>;

/** The account's instant as of which answers were applied, and the state that this came to. */
export type Finished = { at: Instant; fingerprint: string };

/** What applying Stripe's answers depends on besides the state; `clock`: null = real time. */
export type AnswerContext = { settings: LifecycleSettings; clock: Instant | null };

export type RecordDeps = {
  orm: Orm;
  wakes: Wakes;
  faultPoint: FaultPoint;
  sender: Sender;
  sendAtOnce: AtOnce['sendAtOnce'];
};

/**
 * Writes what a pass changed, then sends its emails in the background; the sweep finds those that
 * die with this process. Only then does Postgres know of a pending verb, so its writes are sent to
 * Stripe after that. Where Stripe does all of them, that is recorded as well (`answers`: null = it
 * is not to be): the workflow hears of a whole verb at once.
 */
export const createRecordPurchase =
  (deps: RecordDeps) =>
  async (record: PurchaseRecord, isToSend: boolean, answers: AnswerContext | null = null): Promise<RecordAnswer> => {
    const { purchaseId, pending } = record.state;
    const recorded = await write(deps, record);
    if (recorded.kind !== 'recorded') return recorded;
    if (!isToSend || !pending) return { kind: 'recorded', tried: null };
    const tried = await deps.sender.trySoon({ purchaseId, pending });
    const finished = answers && isAllDone(pending, tried) ? await recordAnswers(deps, record, tried, answers) : null;
    await deps.faultPoint('record:return', [pending.command.commandId]);
    return { kind: 'recorded', tried, finished };
  };

type Answered = { answers: WriteAnswer[] };

const isAllDone = ({ writes, answered }: PendingCommand, tried: Tried): tried is Answered =>
  tried.answers?.length === writes.length - answered && tried.answers.every(({ kind }) => kind === 'done');

async function write({ orm, wakes, faultPoint, sendAtOnce }: RecordDeps, record: PurchaseRecord): Promise<Recorded> {
  const [point, commandIds] = pointOf(record);
  await faultPoint(`record:before:${point}`, commandIds);
  const recorded = await recordPurchase(orm.em.fork(), record);
  await faultPoint(`record:after:${point}`, commandIds);
  if (recorded.kind !== 'recorded') return recorded;
  if (recorded.emails.some(({ isWelcome }) => isWelcome)) void wakes.startWelcome(record.state.purchaseId);
  for (const { emailId, isWelcome } of recorded.emails) if (!isWelcome) void sendAtOnce(emailId);
  if (makesAccount(record)) void mailOwner(orm, sendAtOnce, record.state.purchaseId);
  if (leadsAddOn(record) || record.followUps.some(({ to }) => to === 'dependents'))
    void wakeDependents(orm, wakes, record.state.purchaseId);
  return recorded;
}

/** An email that is lost with this process is found by the sweep. */
async function mailOwner(orm: Orm, sendAtOnce: AtOnce['sendAtOnce'], purchaseId: string): Promise<void> {
  try {
    const emailId = await confirmationOf(orm.em.fork(), purchaseId);
    if (emailId !== null) await sendAtOnce(emailId);
  } catch (error) {
    log.warn({ purchaseId, error }, 'record.owner_not_mailed');
  }
}

/** A wake that is lost with this process is made up for by the sweep. */
async function wakeDependents(orm: Orm, wakes: Wakes, purchaseId: string): Promise<void> {
  try {
    const told = await toldDependents(orm.em.fork(), purchaseId);
    for (const id of told) void wakes.wake(id, { kind: 'end-dependent', rowId: null });
  } catch (error) {
    log.warn({ purchaseId, error }, 'record.dependents_not_woken');
  }
}

/** null = it could not be recorded; then the workflow records the answers itself. */
async function recordAnswers(
  deps: RecordDeps,
  { epoch, revision, state, heardAt = null }: PurchaseRecord,
  { answers }: Answered,
  { settings, clock }: AnswerContext,
): Promise<Finished | null> {
  const at = clock ?? new Date().toISOString();
  const { change, fingerprint } = finishVerb({ epoch, revision, state, heardAt }, answers, { at, settings });
  try {
    const recorded = await write(deps, change);
    return recorded.kind === 'recorded' ? { at, fingerprint } : null;
  } catch (error) {
    log.warn({ purchaseId: state.purchaseId, error }, 'record.answers_not_recorded');
    return null;
  }
}

/**
 * `refund:0` = the refund is pending and no write of it is answered yet; `done` = nothing is
 * pending any more, of the rows that end with it; of a date that has come, by its purchase.
 */
function pointOf({ state: { pending, purchaseId }, ends }: PurchaseRecord): [point: string, commandIds: string[]] {
  if (!pending) return ['done', ends.length > 0 ? ends.map(({ rowId }) => rowId) : [purchaseId]];
  const { command, answered } = pending;
  return [`${command.name}:${answered}`, [command.commandId]];
}
