import type { Site } from '../../page.ts';
import { endOf } from '../../parts/effects.tsx';
import { Notice } from '../../parts/notice.tsx';
import { SHOWN_VERBS } from '../../verbs/index.ts';
import { commandInWords, isVerb } from '../../words/command.ts';
import { refusalInWords } from '../../words/refusal.ts';
import { purchasePath, type Command, type Purchase } from './read-purchase.ts';

type CommandProps = { command: Command | null; purchase: Purchase; site: Site };

/** The state of the command that was just given [R6.2]. */
export function CommandNotice({ command, purchase, site }: CommandProps) {
  if (!command) return null;
  const name = commandInWords(command.verb);
  const { problem } = endOf(command);
  const says = problem ? refusalInWords(problem, { site, purchase }) : '';
  switch (command.status) {
    case 'applied':
      return <Applied command={command} />;
    case 'pending':
      return (
        <Notice tone="warn">
          <strong>{name} was accepted and is under way.</strong> Stripe has not answered yet. It will be done once, as
          soon as Stripe answers; you do not need to press again.{' '}
          <a href={`${purchasePath(purchase.id)}?command=${command.id}`}>Refresh</a>
        </Notice>
      );
    case 'refused':
      return (
        <Notice tone="bad">
          <strong>{name} was refused, and nothing has changed.</strong> {says}
        </Notice>
      );
    case 'failed':
      return (
        <Notice tone="bad">
          <strong>{name} could not be carried out.</strong> {says}
        </Notice>
      );
  }
}

function Applied({ command }: { command: Command }) {
  const { verb } = command;
  const { effects } = endOf(command);
  const refused = effects?.refused.length ?? 0;
  const done = isVerb(verb) ? SHOWN_VERBS[verb].done : `${commandInWords(verb)}: done.`;
  if (refused === 0) return <Notice tone="good">{done}</Notice>;
  return (
    <Notice tone="warn">
      <strong>{done}</strong> Stripe refused {refused === 1 ? 'one step' : `${refused} steps`} of it; see below what
      needs attention.
    </Notice>
  );
}
