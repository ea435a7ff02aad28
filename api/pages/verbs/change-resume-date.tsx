import { toWallClock } from '../form.ts';
import { readResumes, ResumeDateField } from './resume-date-field.tsx';
import type { ShownVerb } from './shown-verb.ts';

export const changeResumeDate: ShownVerb = {
  word: 'Change resume date',
  intro: 'Moves or clears the date on which the pause ends automatically.',
  fields: ResumeDateField,
  initial: ({ billing }, { timeZone }) => {
    const resumeAt = billing.pause?.resumeAt;
    if (!resumeAt) return { resumes: [''], 'resumeAt@instant?': [''] };
    return { resumes: ['at'], 'resumeAt@instant?': [toWallClock(resumeAt, timeZone)] };
  },
  reads: readResumes,
  button: 'Change resume date now',
  done: 'The resume date has been changed.',
};
