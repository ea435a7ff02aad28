import type { Site } from '../../page.ts';
import { When } from '../../parts/when.tsx';
import { DUE_WORDS } from '../../words/due.ts';
import { purchasePath, type Purchase } from './read-purchase.ts';

/** Everything that is due, the earliest first: it is what then happens [R23.1]. */
export const DueSection = ({ purchase: { id, due }, site }: { purchase: Purchase; site: Site }) => (
  <section>
    <h2>What is due</h2>
    {due.length === 0 ? (
      <p className="quiet">Nothing is due any more.</p>
    ) : (
      <ol className="timeline">
        {due.map(({ kind, at, owner }) => (
          <li key={`${kind} ${at}`} className="due">
            {DUE_WORDS[kind]}
            <small className="quiet entry-line">
              <When at={at} site={site} />
              {owner === 'stripe' ? ', by Stripe' : ''}
            </small>
          </li>
        ))}
      </ol>
    )}
    {due.length === 0 ? null : (
      <p>
        <a href={`${purchasePath(id)}/forecast`}>What comes until a date</a>
      </p>
    )}
  </section>
);
