import type { Site } from './catalogue.ts';
import type { EmailEntry } from './entries/entry.ts';
import type { Form, Forms, PaidAmount, Variable } from './entries/variable.ts';
import { formatCharge, formatDay, formatInstant, formatMoney } from './format.ts';
import { ACTOR_WORDS } from './words/actor.ts';

export type Block =
  { kind: 'paragraph'; text: string } | { kind: 'facts'; rows: Row[] } | { kind: 'action'; label: string; url: string };

type Row = readonly [label: string, value: string];

/** One email in words, before it is laid out. */
export type Written = { subject: string; preview: string; heading: string; greeting: string | null; blocks: Block[] };

/**
 * Puts the values into the text of an entry. Variables inside a value are not replaced. @throws
 * RangeError if the text names something that is no variable, or a value cannot be shown
 */
export function writeEmail(entry: EmailEntry, { site, ...values }: { site: Site }): Written {
  const given: Record<string, unknown> = values;

  function say(name: string): string {
    if (name === 'siteName') return site.name;
    const variable = entry.variables[name];
    if (variable === undefined) throw new RangeError(`{{${name}}} is no variable of this email`);
    return inWords(variable, given[name]);
  }
  function inWords(variable: Variable, value: unknown): string {
    if (typeof variable === 'string') return shown(variable, value, site);
    if ('of' in variable) return value === null ? variable.orElse : shown(variable.of, value, site);
    if ('when' in variable) return fill(value ? variable.when : variable.otherwise);
    const sentence = variable.choose[String(value)];
    if (sentence === undefined) throw new RangeError(`nothing is said of ${String(value)}`);
    return fill(sentence);
  }
  const fill = (words: string): string => words.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => say(name)).trim();

  const lines = ([label, name]: Row): Row[] =>
    entry.variables[name] === 'payments'
      ? (given[name] as PaidAmount[]).map((one) => paidLine(label, one, site))
      : [[label, say(name)]];
  function blockOf(words: string): Block {
    if (words === '{{facts}}') return { kind: 'facts', rows: entry.facts.flatMap(lines).filter(([, value]) => value) };
    if (words === '{{action}}' && entry.action)
      return { kind: 'action', label: fill(entry.action.label), url: say(entry.action.url) };
    return { kind: 'paragraph', text: fill(words) };
  }

  const { subject, preview, heading, body } = entry.text;
  return {
    subject: fill(subject),
    preview: fill(preview),
    heading: fill(heading),
    greeting: 'contactName' in entry.variables ? say('contactName') : null,
    blocks: body.map(blockOf).filter((block) => block.kind !== 'paragraph' || block.text !== ''),
  };
}

const paidLine = (label: string, { amount, paidAt }: PaidAmount, site: Site): Row => [
  `${label} ${formatInstant(paidAt, site)}`,
  formatMoney(amount),
];

function shown(form: Form | `${Form}?`, value: unknown, site: Site): string {
  if (value === null || value === undefined) return '';
  const show = FORMS[form.replace('?', '') as Form] as (value: unknown, site: Site) => string;
  return show(value, site);
}

const FORMS: { [F in Form]: (value: Forms[F], site: Site) => string } = {
  text: (text) => text,
  url: (url) => url,
  number: String,
  list: (names) => names.join(', '),
  money: (money) => formatMoney(money),
  instant: formatInstant,
  day: formatDay,
  charge: formatCharge,
  payment: ({ amount, paidAt }, site) => `${formatMoney(amount)}, ${formatInstant(paidAt, site)}`,
  payments: (payments, site) => payments.map((one) => FORMS.payment(one, site)).join('; '),
  person: ({ name, email }) => (name ? `${name} (${email})` : email),
  actor: ({ kind, label }) => (label ? `${label} (${ACTOR_WORDS[kind]})` : ACTOR_WORDS[kind]),
};
