import type { ShownVerb } from './shown-verb.ts';

export const undoCancel: ShownVerb = {
  word: 'Undo cancellation',
  intro: 'Undoes the pending cancellation. Payments go on as before; nothing is charged now.',
  button: 'Undo cancellation now',
  done: 'The cancellation is undone.',
};
