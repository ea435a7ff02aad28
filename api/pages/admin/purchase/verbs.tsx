import type { Role, VerbName } from '../../../../workflows/domain/verb.ts';
import { VERB_NAMES } from '../../../../workflows/domain/verb.ts';
import { askedVerb } from '../../../verbs/index.ts';
import type { Site } from '../../page.ts';
import { SHOWN_VERBS } from '../../verbs/index.ts';
import { refusalInWords } from '../../words/refusal.ts';
import { purchasePath, type Purchase } from './read-purchase.ts';

type VerbsProps = { purchase: Purchase; role: Role | null; site: Site };

const mayAsk = (role: Role | null, verb: VerbName): boolean =>
  role !== null && askedVerb(verb).roles.some((one) => one === role);

/** Why somebody cannot do it now: their role, or the state [R6.1]; null = they can. */
export function whyNot(verb: VerbName, { purchase, role, site }: VerbsProps): string | null {
  if (!mayAsk(role, verb)) return `The role ${role} may not do this.`;
  const found = purchase.illegalVerbs.find((one) => one.verb === verb);
  if (!found) return null;
  const refused = { code: found.code, detail: found.reason };
  return refusalInWords(refused, { site, purchase });
}

/** What can be done now, at the head of the page. */
export const VerbsSection = (props: VerbsProps) => (
  <section className="verbs" aria-label="What you can do">
    <PossibleVerbs {...props} />
  </section>
);

/** What cannot be done now, folded, each with its reason [R6.1]. */
export function ImpossibleVerbs(props: VerbsProps) {
  const verbs = VERB_NAMES.map((verb) => ({ verb, reason: whyNot(verb, props) })).filter(
    ({ reason }) => reason !== null,
  );
  if (verbs.length === 0) return null;
  return (
    <details className="fold">
      <summary>{verbs.length} not possible now</summary>
      <ul className="impossible">
        {verbs.map(({ verb, reason }) => (
          <li key={verb}>
            <span className="greyed">{SHOWN_VERBS[verb].word}</span> {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The verbs that are possible now, each with what it would do before it is done. */
export function PossibleVerbs(props: VerbsProps) {
  const verbs = VERB_NAMES.filter((verb) => whyNot(verb, props) === null);
  if (verbs.length === 0) return <p className="quiet">Nothing can be done with this purchase right now.</p>;
  return (
    <div className="actions">
      {verbs.map((verb) => (
        <a key={verb} className="btn" href={`${purchasePath(props.purchase.id)}/${verb}`}>
          {SHOWN_VERBS[verb].word}
        </a>
      ))}
    </div>
  );
}
