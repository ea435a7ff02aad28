import { diffWords } from 'diff';
import type { Template, Version } from '../../../mail/email-template-schema.ts';
import type { Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { When } from '../../parts/when.tsx';
import { TEMPLATES } from './templates.tsx';

type Words = Template['words'];
type Shown = { template: Template; versions: readonly Version[]; site: Site };

/** What it has said, by whom, and what each version has changed; the newest first. */
export function Versions({ template, versions, site }: Shown) {
  if (versions.length === 0) return null;
  return (
    <section>
      <h2>Versions</h2>
      <ol className="timeline">
        {versions.map((version, place) => (
          <li key={version.id}>
            <strong>{version.words === null ? 'Default words again' : `Version ${version.version}`}</strong>
            <small className="quiet entry-line">
              <When at={version.createdAt} site={site} />, by {actorInWords(version.by)}
              {place === 0 ? ' · holds' : null}
              {place > 0 ? <UseAgain template={template} version={version} /> : null}
            </small>
            <details>
              <summary>What it changed</summary>
              <Changes
                before={wordsOf(versions[place + 1], template)}
                after={version.words ?? template.defaultWords}
                isKnown={place + 1 < versions.length || version.version === 1}
              />
            </details>
          </li>
        ))}
      </ol>
    </section>
  );
}

const wordsOf = (version: Version | undefined, { defaultWords }: Template): Words => version?.words ?? defaultWords;

type Used = { template: Template; version: Version };
const UseAgain = ({ template: { kind, language }, version: { version } }: Used) => (
  <>
    {' · '}
    <a href={`${TEMPLATES}/${kind}?language=${language}&from=${version}`}>Use these words again …</a>
  </>
);

const FIELDS: readonly [field: keyof Words, label: string][] = [
  ['subject', 'Subject'],
  ['preview', 'Preview'],
  ['heading', 'Heading'],
  ['body', 'Text'],
  ['button', 'Button'],
];

/** `isKnown`: whether the version before it is on this page. */
function Changes({ before, after, isKnown }: { before: Words; after: Words; isKnown: boolean }) {
  const changed = FIELDS.filter(([field]) => textOf(before[field]) !== textOf(after[field]));
  if (!isKnown) return <p className="quiet">What it said before is older than what is listed here.</p>;
  if (changed.length === 0) return <p className="quiet">Nothing.</p>;
  return (
    <dl>
      {changed.map(([field, label]) => (
        <div key={field}>
          <dt>{label}</dt>
          <dd className="sent">
            <Compared before={textOf(before[field])} after={textOf(after[field])} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const textOf = (words: Words[keyof Words]): string => (Array.isArray(words) ? words.join('\n') : (words ?? ''));

/** Comparing takes as long as the texts differ; beyond this, both are shown whole. */
const MOST_MS = 30;

function Compared({ before, after }: { before: string; after: string }) {
  const parts = diffWords(before, after, { timeout: MOST_MS }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
  return parts.map(({ value, added, removed }, place) =>
    added ? <ins key={place}>{value}</ins> : removed ? <del key={place}>{value}</del> : value,
  );
}
