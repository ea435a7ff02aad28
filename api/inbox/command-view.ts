import type { z } from 'zod';
import type { InboxRow, InboxState } from '../../db/entities/inbox-row.ts';
import { toCounts } from '../../db/counts.ts';
import type { StoredCommand } from '../../db/inbox/commands.ts';
import type { EmailKind } from '../../emails/catalogue.ts';
import type { Recipient } from '../../workflows/domain/outcome.ts';
import { SYSTEM, type CommandName } from '../../workflows/domain/verb.ts';
import { toApiCounts } from '../http/counts.ts';
import { Problem, problemBody } from '../http/problem.ts';
import { refusalProblem } from '../http/refusal-problem.ts';
import type { CommandTexts, NamedPurchase } from '../../db/inbox/inbox.ts';
import type { askedCommandSchema, commandCounts, commandSchema } from './command-schema.ts';
import { toApiActor } from '../purchase/purchase-view.ts';

type ApiCommand = z.input<typeof commandSchema>;

export const STATUS: Record<InboxState, ApiCommand['status']> = {
  open: 'pending',
  unmatched: 'pending',
  applied: 'applied',
  no_change: 'applied',
  refused: 'refused',
  failed: 'failed',
  dead: 'failed',
};

const statusOf = (state: InboxState): ApiCommand['status'] => STATUS[state];

export const isDone = ({ row }: StoredCommand): boolean => statusOf(row.state) !== 'pending';

/** Why a command was refused or failed; null where it was not. */
export function problemOf({ row, stripeMessage }: StoredCommand): Problem | null {
  const status = statusOf(row.state);
  if (status !== 'refused' && status !== 'failed') return null;
  if (row.answer?.refusal) return refusalProblem(row.answer.refusal, stripeMessage);
  return new Problem(500, 'internal_error', { detail: 'This command could not be carried out.' });
}

/** A command as anybody can follow it. */
export function toApiCommand(command: StoredCommand, requestId: string): ApiCommand {
  const { row } = command;
  const status = statusOf(row.state);
  const asked = { id: row.id, verb: row.kind as CommandName, purchaseId: row.subjectId ?? '', askedAt: row.at };
  if (status === 'pending') return { ...asked, status, doneAt: null };
  const effects = toApiEffects(row);
  const ended = { ...asked, doneAt: row.doneAt, ...(effects && { effects }) };
  const problem = problemOf(command);
  if (status === 'applied' || problem === null) return { ...ended, status: 'applied' };
  return { ...ended, status, problem: problemBody(problem, requestId) };
}

type Effects = Extract<ApiCommand, { status: 'applied' }>['effects'];

function toApiEffects({ answer }: InboxRow): Effects | null {
  if (!answer?.effects) return null;
  const { money, emails, refused } = answer.effects;
  return {
    money,
    emails: emails as { kind: EmailKind; to: Recipient }[],
    refused: refused.map(({ write, stripeCode }) => ({ op: write.op, stripeCode })),
  };
}

/** A command with who asked for it, of whom, and why. */
export function toAskedCommand(row: InboxRow, around: Around, requestId: string): z.input<typeof askedCommandSchema> {
  const texts = around.texts.get(row.id);
  const isPending = statusOf(row.state) === 'pending';
  return {
    ...toApiCommand({ row, stripeMessage: texts?.stripeMessage ?? null }, requestId),
    purchase: around.purchases.get(row.subjectId ?? '') ?? null,
    by: toApiActor(row.actor ?? SYSTEM, around.emails),
    reason: texts?.reason ?? null,
    feedback: texts?.feedback ?? null,
    input: (row.input ?? {}) as Record<string, unknown>,
    tries: row.wakes,
    nextTryAt: isPending ? row.wakeAt : null,
  };
}

type Around = CommandTexts & { purchases: ReadonlyMap<string, NamedPurchase> };

/** The states of our rows that a status of the answer stands for. */
export const statesOf = (status: ApiCommand['status']): InboxState[] =>
  (Object.keys(STATUS) as InboxState[]).filter((stored) => STATUS[stored] === status);

export function toApiCommandCounts(counts: ReadonlyMap<InboxState, number>): z.input<typeof commandCounts> {
  const shown = { pending: 0, applied: 0, refused: 0, failed: 0 };
  for (const [stored, seen] of counts) shown[STATUS[stored]] += seen;
  return toApiCounts(toCounts(shown));
}
