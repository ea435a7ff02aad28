import { ApplicationFailure, setHandler, uuid4 } from '@temporalio/workflow';
import type { Instant } from '../domain/instant.ts';
import { VERB_NAMES } from '../domain/verb.ts';
import type { PurchaseState } from '../domain/purchase.ts';
import type { InboxRow, LookAhead } from '../inbox/inbox.ts';
import { abandon, command, look, retry, state, wake, type CommandByHand } from '../messages.ts';
import { acceptByHand } from '../activity-proxies.ts';

/** What an operator can decide about a stuck purchase. */
export type DecisionByHand = { decision: 'retry' | 'abandon'; attentionId: string | null };

export type Receiver = {
  purchaseId: string;
  wake(): void;
  look(ahead: LookAhead | null): void;
  ask(request: DecisionByHand): void;
  state(): PurchaseState | null;
};

/**
 * Handlers only set a flag or add to the inbox; the loop alone changes state. Validators must be
 * synchronous.
 */
export function handleMessages(receiver: Receiver): void {
  setHandler(wake, () => receiver.wake(), { description: 'Look into the inbox. Safe at any time.' });
  setHandler(look, (by) => receiver.look(by.ahead ?? null), {
    description: 'Look into the inbox, answered at once. Safe at any time.',
  });
  setHandler(state, () => receiver.state(), { description: 'The current snapshot: ids only.' });
  setHandler(command, (by) => acceptCommand(receiver, by), {
    validator: assertCommand,
    description: 'A verb by hand: { verb, input, operatorId }. Written to the inbox, same rules as over HTTP.',
  });
  setHandler(
    retry,
    (id?: string) => askFor(receiver, { decision: 'retry', attentionId: id ?? null }, 'It is sent again now.'),
    {
      validator: (id?: string) => assertStuck(receiver, id),
      description:
        'Send again what Stripe refused or did not answer. Safe: nothing is done twice. Input: the id of one of several.',
    },
  );
  const after = 'Stripe is read first; what is not done is then given up.';
  setHandler(abandon, (id?: string) => askFor(receiver, { decision: 'abandon', attentionId: id ?? null }, after), {
    validator: (id?: string) => assertStuck(receiver, id),
    description:
      'Give up what is stuck, after reading Stripe. What was done already stays done. Input: the id of one of several.',
  });
}

function askFor(receiver: Receiver, request: DecisionByHand, answer: string): string {
  receiver.ask(request);
  return answer;
}

/** The attention that is meant is fixed now, when it is asked for. */
export function rowByHand(
  { decision: name, attentionId }: DecisionByHand,
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

async function acceptCommand(receiver: Receiver, by: CommandByHand): Promise<{ commandId: string }> {
  const commandId = uuid4();
  await acceptByHand({ purchaseId: receiver.purchaseId, commandId, by });
  receiver.wake();
  return { commandId };
}

/** Whatever a person typed into the Temporal UI arrives here. */
function assertCommand(by: Partial<CommandByHand> | null): void {
  if (by?.verb && VERB_NAMES.includes(by.verb) && typeof by.operatorId === 'string') return;
  const verbs = VERB_NAMES.join(', ');
  throw ApplicationFailure.nonRetryable(`Give { verb, input, operatorId } with a verb of: ${verbs}.`, 'InvalidCommand');
}

function assertStuck(receiver: Receiver, id: unknown): void {
  const current = receiver.state();
  const ids = current?.attentions.map((one) => one.id) ?? [];
  if (ids.length === 0 && !current?.pending)
    throw ApplicationFailure.nonRetryable('Nothing is stuck or under way here.', 'NothingStuck');
  if (id == null ? ids.length < 2 : ids.some((one) => one === id)) return;
  throw ApplicationFailure.nonRetryable(`Give the id of one as the input: ${ids.join(', ')}.`, 'WhichOne');
}
