import type { ReactNode } from 'react';
import type { ProblemBody } from '../../http/problem.ts';

export type Tone = 'good' | 'warn' | 'bad' | 'plain';

/** Something to know about the page as a whole. */
export const Notice = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <div className={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
    <div>{children}</div>
  </div>
);

/** What a form was refused for, in one place; the fields say their own part. */
export function ProblemNotice({ problem }: { problem: ProblemBody | null }) {
  if (!problem) return null;
  const others = (problem.errors ?? []).slice(1);
  return (
    <Notice tone="bad">
      <strong>{problem.quota === undefined ? problem.title : 'No room for more'}.</strong> {problem.detail}
      {problem.quota === undefined ? null : <QuotaLink />}
      {others.map(({ field, message }) => (
        <p key={field}>
          {field}: {message}
        </p>
      ))}
    </Notice>
  );
}

const QuotaLink = () => (
  <>
    {' '}
    <a href="/settings/plan">See your plan</a>
  </>
);

/** A status: what is as it should be is a dot and a word, what deviates has a ground. */
export const Badge = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <span className={STATUS_CLASSES[tone]}>
    <span>{children}</span>
  </span>
);

const STATUS_CLASSES: Record<Tone, string> = {
  good: 'state good',
  plain: 'state off',
  warn: 'badge warn',
  bad: 'badge bad',
};
