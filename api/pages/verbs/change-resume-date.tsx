import { toWallClock } from '../form.ts';
import { ResumeDateField } from './resume-date-field.tsx';
import type { ShownVerb } from './shown-verb.ts';

export const changeResumeDate: ShownVerb = {
  word: 'Change resume date',
  intro: 'Moves or clears the date on which the pause ends automatically.',
  fields: ResumeDateField,
  initial: ({ billing }, { timeZone }) => {
    const resumeAt = billing?.pause?.resumeAt;
    return { 'resumeAt@instant?': [resumeAt ? toWallClock(resumeAt, timeZone) : ''] };
  },
  button: 'Change resume date now',
  done: 'The resume date has been changed.',
};
