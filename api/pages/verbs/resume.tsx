import type { ShownVerb } from './shown-verb.ts';

export const resume: ShownVerb = {
  word: 'Resume',
  intro: 'Payments go on from the next regular date. Nothing is charged for the time of the pause.',
  button: 'Resume now',
  done: 'The purchase is resumed.',
};
