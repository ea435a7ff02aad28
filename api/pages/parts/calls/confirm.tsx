import type { ReactNode } from 'react';
import { EMPTY_FORM } from '../../form.ts';
import { FormKey } from '../fields.tsx';

type ConfirmProps = {
  title: string;
  /** Why the last try was refused. */
  trouble: ReactNode;
  /** What it means, a sentence each. */
  terms: readonly ReactNode[];
  /** Of the preview that is shown, so that nothing else is done. */
  planHash: string;
  button: string;
  isDangerous?: boolean;
  back: { href: string; word: string };
  /** More to say with it. */
  children?: ReactNode;
};

/** The second of two steps: what it means, and the button that does it. */
export const Confirm = ({
  title,
  trouble,
  terms,
  planHash,
  button,
  isDangerous = false,
  back,
  children,
}: ConfirmProps) => (
  <section className="lone">
    <h1>{title}</h1>
    {trouble}
    <ul className="terms">
      {terms.map((term, index) => (
        <li key={index}>{term}</li>
      ))}
    </ul>
    <form method="post">
      <FormKey form={EMPTY_FORM} />
      <input type="hidden" name="planHash" value={planHash} />
      {children}
      <div className="actions">
        <button className={isDangerous ? 'danger' : 'primary'}>{button}</button>
        <a className="btn" href={back.href}>
          {back.word}
        </a>
      </div>
    </form>
  </section>
);
