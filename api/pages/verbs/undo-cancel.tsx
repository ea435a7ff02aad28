import type { ShownVerb } from './shown-verb.ts';

export const undoCancel: ShownVerb = {
  word: 'Undo cancellation',
  intro: 'Takes the pending cancellation back. Payments go on as before; nothing is charged now.',
  button: 'Undo cancellation now',
  done: 'The cancellation is undone.',
};
