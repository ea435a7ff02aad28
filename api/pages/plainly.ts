import { formatInstant } from '../../emails/format.ts';
import type { ProblemBody } from '../http/problem.ts';
import type { FieldFault } from '../http/problem.ts';
import type { Site } from './page.ts';
import { moneyInWords } from './parts/money.tsx';

type Around = { site: Pick<Site, 'timeZone'>; currency: string | null };

/** The API's own names of fields, as a sentence for people says them. */
const NAMED: readonly (readonly [RegExp, string])[] = [
  [/Invalid input: expected number, received \w+/g, 'must be a number, such as 10.00'],
  [/must be an instant with a zone, such as \S+/g, 'must be a date and time'],
  [/\bwhen: at\b/g, '“on a date”'],
  [/\bthat is none\b/g, 'without billing'],
  [/\bresumeAt\b/g, 'the resume date'],
  [/\bcancelAt\b/g, 'the date'],
  [/\bstartsAt\b/g, 'the start'],
  [/\bamountMinor\b/g, 'the amount'],
  [/\bpaymentId\b/g, 'the payment'],
  [/\bproductIds\b/g, 'the products'],
];

/**
 * The API's sentence for a page: instants in the account's zone, amounts as money, no names of
 * fields and no raw statuses.
 */
export function plainly(sentence: string, { site, currency }: Around): string {
  const named = NAMED.reduce((text, [name, words]) => text.replaceAll(name, words), sentence);
  const text = named
    .replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, (at) => formatInstant(at, site))
    .replaceAll(/(\d+) minor units/g, (whole, amount: string) =>
      currency === null ? whole : moneyInWords({ amountMinor: Number(amount), currency }),
    )
    .replaceAll(/\b([a-z]+)_([a-z]+)\b/g, '$1 $2');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A problem whose sentences a page can show, and its faults as they follow a field's label. */
export const plainProblem = (problem: ProblemBody, around: Around): ProblemBody => ({
  ...problem,
  detail: plainly(problem.detail, around),
  errors: problem.errors?.map((fault) => plainFault(fault, around)),
});

function plainFault({ field, message }: FieldFault, around: Around): FieldFault {
  if (message.startsWith(`${field} `)) return { field, message: message.slice(field.length + 1) };
  const text = plainly(message, around);
  return { field, message: /^Must\b/.test(text) ? text.replace('Must', 'must') : `– ${text}` };
}
