import { ApplicationFailure, setHandler, uuid4 } from '@temporalio/workflow';
import { VERB_NAMES } from './domain/verb.ts';
import type { PurchaseState } from './domain/purchase.ts';
import { abandon, command, look, retry, state, wake, type CommandByHand } from './messages.ts';
import { acceptByHand } from './steps.ts';

/** What a person may press on a stuck purchase. */
export type ByHand = 'retry' | 'abandon';

export type Desk = { purchaseId: string; wake(): void; ask(request: ByHand): void; state(): PurchaseState | null };

/** Handlers only set a flag: the loop is the only place that changes state. Validators are synchronous. */
export function handleMessages(desk: Desk): void {
  setHandler(wake, () => desk.wake(), { description: 'Look into the inbox. Safe at any time.' });
  setHandler(look, () => desk.wake(), { description: 'Look into the inbox, answered at once. Safe at any time.' });
  setHandler(state, () => desk.state(), { description: 'The snapshot that this purchase stands at: ids only.' });
  setHandler(command, (by) => giveCommand(desk, by), {
    validator: isCommand,
    description: 'A verb by hand: { verb, input, operatorId }. Written to the inbox, same rules as over HTTP.',
  });
  setHandler(retry, () => press(desk, 'retry', 'It is sent again now.'), {
    validator: () => isStuck(desk),
    description: 'Send again what Stripe refused or did not answer. Safe: nothing is done twice.',
  });
  setHandler(abandon, () => press(desk, 'abandon', 'Stripe is read first; what is not done is then given up.'), {
    validator: () => isStuck(desk),
    description: 'Give up what is stuck, after reading Stripe. What was done already stays done.',
  });
}

function press(desk: Desk, request: ByHand, answer: string): string {
  desk.ask(request);
  return answer;
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

function isStuck(desk: Desk): void {
  const held = desk.state();
  if (held?.attention || held?.pending) return;
  throw ApplicationFailure.nonRetryable('Nothing is stuck or under way here.', 'NothingStuck');
}
