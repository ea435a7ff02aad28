import type { ReactNode } from 'react';
import type { ProblemBody } from '../../../http/problem.ts';
import { inSite, type Site } from '../../page.ts';
import { Notice } from '../../parts/notice.tsx';

/** Why a form was refused, for people who know nothing of states and codes. */
export function Trouble({ problem, children }: { problem: ProblemBody | null; children?: ReactNode }) {
  if (!problem) return null;
  return (
    <Notice tone="bad">
      {WORDS[problem.code] ?? problem.detail} {children}
    </Notice>
  );
}

const WORDS: Partial<Record<ProblemBody['code'], string>> = {
  validation_failed: 'Please check the fields that are marked below.',
  wrong_state: 'That is no longer possible, because something has changed.',
  preview_stale: 'Something has changed. Please check it once more.',
  verb_pending: 'Something else is still being carried out. Please try again in a moment.',
  unavailable: 'The payment page cannot be reached right now. Please try again in a few minutes.',
  site_required: 'Your password works on several sites. Choose one, and enter the password again.',
  card_declined: 'Your card was not charged, so nothing has changed. Update your card and try again.',
  archived: 'This offer is no longer sold.',
  duplicate: 'A payment page is being opened for you right now. Please try again in a moment.',
};

type NotPossibleProps = {
  problem: ProblemBody;
  site: Site;
  instead?: string | null;
  back?: { to: string; word: string };
};

const TO_BILLING = { to: '/billing', word: 'your billing' };

/** In place of a page for what cannot be done; `instead`: the site's own words for what to do. */
export const NotPossible = ({ problem, site, instead = null, back = TO_BILLING }: NotPossibleProps) => (
  <section className="lone">
    <h1>That is not possible now</h1>
    {instead === null ? <Notice tone="warn">{problem.detail}</Notice> : <p className="as-written">{instead}</p>}
    <p>
      <a href={inSite(site, back.to)}>Back to {back.word}</a>, or write to <Support site={site} />.
    </p>
  </section>
);

/** Whom to ask when the pages do not help. */
export const Support = ({ site }: { site: { supportEmail: string } }) => (
  <a href={`mailto:${site.supportEmail}`}>{site.supportEmail}</a>
);
