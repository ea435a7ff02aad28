import type { ReactNode } from 'react';
import type { Form, FormState } from '../../form.ts';
import { Flag, SelectField, TextField } from '../../parts/fields.tsx';
import { countOf } from '../../parts/counts.ts';
import type { Offer } from './offer-shown.ts';

const ISSUES = [
  { value: '', label: 'all at the start of the year' },
  ...Array.from({ length: 12 }, (_, index) => ({
    value: String(index + 1),
    label: index === 0 ? 'one every month' : `one every ${index + 1} months`,
  })),
];

const everyMonthsOf = (issue: NonNullable<Offer['credits']>['issue']): string =>
  issue === 'period_start' ? '' : String(issue.everyMonths);

type CreditFieldsProps = { form: FormState; offer?: Offer | undefined };

/** What an offer gives of call credits and office hours [R19.3, R19.6]. */
export const CreditFields = ({ form, offer }: CreditFieldsProps) => (
  <>
    <div className="beside">
      <TextField
        name="credits.perYear@int"
        label="Call credits a year"
        form={form}
        inputMode="numeric"
        initial={offer?.credits?.perYear.toString()}
        help="Leave blank for none. Each is worth one call."
      />
      <SelectField
        name="credits.issue.everyMonths@int"
        label="Issued"
        form={form}
        initial={offer?.credits ? everyMonthsOf(offer.credits.issue) : ''}
        options={ISSUES}
      />
    </div>
    <CallFields form={form} offer={offer} />
    <Flag
      name="officeHours@flag"
      label="Seats in office hours can be booked"
      form={form}
      isSet={offer?.officeHours ?? false}
    />
  </>
);

const CallFields = ({ form, offer }: CreditFieldsProps) => (
  <div className="beside">
    <TextField
      name="credits.validMonths@int"
      label="Months each is valid"
      form={form}
      inputMode="numeric"
      initial={String(offer?.credits?.validMonths ?? 12)}
    />
    <TextField
      name="credits.callMinutes@int"
      label="Minutes a call lasts"
      form={form}
      inputMode="numeric"
      initial={String(offer?.credits?.callMinutes ?? 45)}
    />
  </div>
);

/** Of what was typed about credits, what the API takes; without a number a year there are none. */
export function creditsOf({ credits }: Form['body']): unknown {
  const { issue, ...typed } = (credits ?? {}) as Record<string, unknown>;
  return typed.perYear === undefined ? null : { ...typed, issue: issue ?? 'period_start' };
}

/** The same, as facts; an offer that gives none says nothing. */
export function creditFacts({ credits, officeHours }: Offer): [string, ReactNode][] {
  const facts: [string, ReactNode][] = credits
    ? [
        ['Call credits', `${credits.perYear} a year, ${issueInWords(credits.issue)}`],
        ['Credits valid', countOf(credits.validMonths, 'month')],
        ['Calls', countOf(credits.callMinutes, 'minute')],
      ]
    : [];
  return officeHours ? [...facts, ['Office hours', 'Seats can be booked']] : facts;
}

const issueInWords = (issue: NonNullable<Offer['credits']>['issue']): string =>
  ISSUES.find(({ value }) => value === everyMonthsOf(issue))?.label ?? '';
