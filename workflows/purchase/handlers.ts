import { ApplicationFailure, setHandler, uuid4 } from '@temporalio/workflow';
import type { Instant } from '../domain/instant.ts';
import { VERB_NAMES } from '../domain/verb.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { InboxRow } from '../inbox/inbox.ts';
import { abandon, command, look, retry, state, wake, type CommandByHand } from '../messages.ts';
import { acceptByHand } from '../activity-proxies.ts';

/** What a person may press on a stuck purchase. */
export type ByHand = { decision: 'retry' | 'abandon'; attentionId: string | null };

export type Desk = { purchaseId: string; wake(): void; ask(request: ByHand): void; state(): PurchaseState | null };

/**
 * Handlers only set a flag: the loop is the only place that changes state. Validators are
 * synchronous.
 */
export function handleMessages(desk: Desk): void {
  setHandler(wake, () => desk.wake(), { description: 'Look into the inbox. Safe at any time.' });
  setHandler(look, () => desk.wake(), { description: 'Look into the inbox, answered at once. Safe at any time.' });
  setHandler(state, () => desk.state(), { description: 'The snapshot that this purchase stands at: ids only.' });
  setHandler(command, (by) => giveCommand(desk, by), {
    validator: isCommand,
    description: 'A verb by hand: { verb, input, operatorId }. Written to the inbox, same rules as over HTTP.',
  });
  setHandler(
    retry,
    (id?: string) => askFor(desk, { decision: 'retry', attentionId: id ?? null }, 'It is sent again now.'),
    {
      validator: (id?: string) => isStuck(desk, id),
      description:
        'Send again what Stripe refused or did not answer. Safe: nothing is done twice. Input: the id of one of several.',
    },
  );
  const after = 'Stripe is read first; what is not done is then given up.';
  setHandler(abandon, (id?: string) => askFor(desk, { decision: 'abandon', attentionId: id ?? null }, after), {
    validator: (id?: string) => isStuck(desk, id),
    description:
      'Give up what is stuck, after reading Stripe. What was done already stays done. Input: the id of one of several.',
  });
}

function askFor(desk: Desk, request: ByHand, answer: string): string {
  desk.ask(request);
  return answer;
}

/** Which of the things that need attention is meant is settled when it is pressed. */
export function rowByHand(
  { decision: name, attentionId }: ByHand,
  { attentions }: PurchaseState,
  seq: number,
  at: Instant,
): InboxRow {
  const rowId = `by-hand:${seq}`;
  const input = { attentionId: attentionId ?? attentions[0]?.id ?? null };
  const actor = { kind: 'operator' as const, id: null };
  const command = { commandId: rowId, name, input, actor, askedAt: at, planHash: null, expectedVersion: null };
  return { rowId, seq, at, kind: name, command };
}

async function giveCommand(desk: Desk, by: CommandByHand): Promise<{ commandId: string }> {
  const commandId = uuid4();
  await acceptByHand({ purchaseId: desk.purchaseId, commandId, by });
  desk.wake();
  return { commandId };
}

/** What a person typed into the Temporal UI may be anything. */
function isCommand(by: Partial<CommandByHand> | null): void {
  if (by?.verb && VERB_NAMES.includes(by.verb) && typeof by.operatorId === 'string') return;
  const verbs = VERB_NAMES.join(', ');
  throw ApplicationFailure.nonRetryable(`Give { verb, input, operatorId } with a verb of: ${verbs}.`, 'InvalidCommand');
}

function isStuck(desk: Desk, id: unknown): void {
  const held = desk.state();
  const ids = held?.attentions.map((one) => one.id) ?? [];
  if (ids.length === 0 && !held?.pending)
    throw ApplicationFailure.nonRetryable('Nothing is stuck or under way here.', 'NothingStuck');
  if (id == null ? ids.length < 2 : ids.some((one) => one === id)) return;
  throw ApplicationFailure.nonRetryable(`Give the id of one as the input: ${ids.join(', ')}.`, 'WhichOne');
}
