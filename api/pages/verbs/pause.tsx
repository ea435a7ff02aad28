import { ChoiceField } from '../parts/fields.tsx';
import { readResumes, ResumeDateField } from './resume-date-field.tsx';
import type { FieldsProps, ShownVerb } from './shown-verb.ts';

export const pause: ShownVerb = {
  word: 'Pause',
  intro: 'Suspends future payments. Nothing is charged, and nothing counts as failed, until it is resumed.',
  fields: PauseFields,
  initial: () => ({ resumes: [''], 'resumeAt@instant?': [''], access: ['keep'] }),
  reads: readResumes,
  button: 'Pause now',
  done: 'The purchase is paused.',
};

function PauseFields(props: FieldsProps) {
  return (
    <>
      <ResumeDateField {...props} />
      <ChoiceField
        name="access"
        label="Access during the pause"
        form={props.form}
        options={[
          { value: 'keep', label: 'stays as it is' },
          { value: 'suspend', label: 'is suspended until it is resumed' },
        ]}
      />
    </>
  );
}
