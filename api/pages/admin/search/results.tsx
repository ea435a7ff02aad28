import type { z } from 'zod';
import { SEARCH_KINDS, type SearchKind } from '../../../../workflows/domain/search.ts';
import type { searchAnswer } from '../../../search/search-schema.ts';
import { moneyInWords } from '../../parts/money.tsx';
import { Badge } from '../../parts/notice.tsx';
import { Near } from '../../parts/when.tsx';
import type { Site } from '../../page.ts';
import { emailInWords } from '../../words/email.ts';
import { SEARCH_KIND_WORDS, stateInWords } from '../../words/search.ts';

export type Answer = z.output<typeof searchAnswer>;
type Result = Answer['data'][number];

/** What was found, by kind; the field at the top of every page shows this part below itself. */
export const Results = ({ answer, site }: { answer: Answer; site: Site }) => (
  <>
    {SEARCH_KINDS.filter((kind) => answer.data.some((result) => result.kind === kind)).map((kind) => (
      <OfKind key={kind} kind={kind} answer={answer} site={site} />
    ))}
  </>
);

function OfKind({ kind, answer, site }: { kind: SearchKind; answer: Answer; site: Site }) {
  const more = answer.more.find((one) => one.kind === kind);
  const name = SEARCH_KIND_WORDS[kind];
  return (
    <section className="found">
      <h2>{name}</h2>
      <ul>
        {answer.data
          .filter((result) => result.kind === kind)
          .map((result) => (
            <li key={result.id}>
              <ResultLink result={result} site={site} />
            </li>
          ))}
      </ul>
      {more ? (
        <a className="more" href={more.href}>
          Show all <span className="unseen">{name.toLowerCase()}</span>
        </a>
      ) : null}
    </section>
  );
}

function ResultLink({ result, site }: { result: Result; site: Site }) {
  const { kind, title, subtitle, state, amountMinor, currency, at, isTest, href } = result;
  const { label, tone } = stateInWords(kind, state);
  return (
    <a href={href} data-result>
      <span className="what">
        <bdi>{kind === 'email' ? emailInWords(title) : title}</bdi>
        {subtitle === null ? null : (
          <small className="quiet">
            <bdi>{subtitle}</bdi>
          </small>
        )}
      </span>
      {isTest ? <Badge tone="plain">Test customer</Badge> : null}
      <Badge tone={tone}>{label}</Badge>
      <span className="sum">
        {amountMinor === null || currency === null ? null : moneyInWords({ amountMinor, currency })}
      </span>
      <span className="quiet at">
        <Near at={at} site={site} />
      </span>
    </a>
  );
}
