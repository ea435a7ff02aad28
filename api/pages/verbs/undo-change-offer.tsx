import type { ShownVerb } from './shown-verb.ts';

export const undoChangeOffer: ShownVerb = {
  word: 'Undo change of offer',
  intro: 'Undoes the scheduled change. It stays the offer that it is; nothing is charged now.',
  button: 'Undo the change now',
  done: 'The change of offer is undone.',
};
