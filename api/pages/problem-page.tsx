import type { ReactNode } from 'react';
import type { Problem } from '../http/problem.ts';

const TITLES: Record<number, string> = {
  403: 'Not allowed',
  404: 'There is nothing here',
  429: 'Too many attempts',
  503: 'Not available right now',
};

/** What went wrong, and the way on, for somebody who reads a page. */
export function problemPage(
  problem: Problem,
  { requestId, start }: { requestId: string; start: string },
): { title: string; body: ReactNode } {
  const title = TITLES[problem.status] ?? 'That did not work';
  const body = (
    <section className="lone">
      <h1>{title}</h1>
      <p>{problem.message}</p>
      <p>
        <a href={start}>Go to the start page</a>, or go back and try again.
      </p>
      <p className="quiet">
        Request <code>{requestId}</code>
      </p>
    </section>
  );
  return { title, body };
}
