import type { Site } from './catalogue.ts';
import type { EmailEntry } from './entries/entry.ts';
import type { Form, Forms, Line, PaidAmount, Variable } from './entries/variable.ts';
import {
  formatCharge,
  formatDay,
  formatInstant,
  formatMoney,
  formatPayment,
  formatPeriod,
  zoneName,
} from './format.ts';
import { LANGUAGES } from './languages/index.ts';

export type Block =
  | { kind: 'paragraph'; text: string }
  /** `total`: which row is the sum of those above it. */
  | { kind: 'facts'; rows: Row[]; total: number | null }
  /** The one thing to do. */
  | { kind: 'action'; label: string; url: string }
  /** What may be done besides. */
  | { kind: 'link'; label: string; url: string };

type Row = readonly [label: string, value: string];

/** One email in words, before it is laid out. */
export type Written = {
  subject: string;
  preview: string;
  heading: string;
  greeting: string | null;
  blocks: Block[];
  /** Said once, where a time of day is: whose it is. */
  zone: string | null;
};

/**
 * Puts the values into the text of an entry. Variables inside a value are not replaced. @throws
 * RangeError if the text names something that is no variable, or a value cannot be shown
 */
export function writeEmail(entry: EmailEntry, { site, ...values }: { site: Site }): Written {
  const given: Record<string, unknown> = values;
  const { say, fill, saysHour } = speakerOf(entry, given, site);

  function blockOf(words: string): Block {
    if (words === '{{facts}}') return factsOf(entry, given, say, site);
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
    blocks: [
      ...body.map(blockOf).filter((block) => block.kind !== 'paragraph' || block.text !== ''),
      ...linkOf(entry.file, say, fill),
      ...linkOf(entry.more, say, fill),
    ],
    // After all that may say an hour.
    zone: saysHour() ? zoneName(site) : null,
  };
}

type Say = (name: string) => string;

/** Says variables, and words with variables in them; `saysHour`: whether an hour was said. */
function speakerOf(entry: EmailEntry, given: Record<string, unknown>, site: Site) {
  let hasHour = false;

  function say(name: string): string {
    if (name === 'siteName') return site.name;
    const variable = entry.variables[name];
    if (variable === undefined) throw new RangeError(`{{${name}}} is no variable of this email`);
    return inWords(variable, given[name]);
  }
  function inWords(variable: Variable, value: unknown): string {
    if (typeof variable === 'string') return show(variable, value);
    if ('of' in variable) return value === null ? variable.orElse : show(variable.of, value);
    if ('when' in variable) return fill(value ? variable.when : variable.otherwise);
    const sentence = variable.choose[String(value)];
    if (sentence === undefined) throw new RangeError(`nothing is said of ${String(value)}`);
    return fill(sentence);
  }
  function show(form: Form | `${Form}?`, value: unknown): string {
    hasHour ||= form.startsWith('instant') && typeof value === 'string';
    return shown(form, value, site);
  }
  const fill = (words: string): string => words.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => say(name)).trim();

  return { say, fill, saysHour: () => hasHour };
}

/** Lines of label and value; payments, and what an amount is made of, are several. */
function factsOf({ facts, variables, total }: EmailEntry, given: Record<string, unknown>, say: Say, site: Site): Block {
  const linesOf = ([label, name]: Row): Row[] => {
    const form = variables[name];
    if (form === 'payments') return (given[name] as PaidAmount[]).map((one) => paidLine(label, one, site));
    if (form === 'lines') return (given[name] as Line[]).map(({ what, amount }) => [what, formatMoney(amount, site)]);
    return [[label, say(name)]];
  };
  const lines = facts.flatMap((fact) => linesOf(fact).map((row) => ({ row, isTotal: fact[1] === total })));
  const filled = lines.filter(({ row: [, value] }) => value);
  const sum = filled.findIndex(({ isTotal }) => isTotal);
  return { kind: 'facts', rows: filled.map(({ row }) => row), total: sum < 0 ? null : sum };
}

function linkOf(link: EmailEntry['more'], say: Say, fill: Say): Block[] {
  const url = link && say(link.url);
  return link && url ? [{ kind: 'link', label: fill(link.label), url }] : [];
}

const paidLine = (label: string, { amount, paidAt }: PaidAmount, site: Site): Row => [
  `${label} ${formatDay(paidAt, site)}`,
  formatMoney(amount, site),
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
  money: formatMoney,
  instant: formatInstant,
  day: formatDay,
  charge: formatCharge,
  period: formatPeriod,
  lines: (lines, site) => lines.map(({ what, amount }) => `${what} ${formatMoney(amount, site)}`).join('; '),
  payment: formatPayment,
  payments: (payments, site) => payments.map((one) => FORMS.payment(one, site)).join('; '),
  person: ({ name, email }) => (name ? `${name} (${email})` : email),
  actor: ({ kind, label }, { language = 'en' }) => {
    const words = LANGUAGES[language].actors[kind];
    return label ? `${label} (${words})` : words;
  },
};
