import { minorDigits } from '../../../../emails/format.ts';
import type { z } from 'zod';
import type { segmentFilter } from '../../../people/segment-schema.ts';
import type { FieldFault } from '../../../http/problem.ts';
import type { FormState, FormTexts } from '../../form.ts';

export type ShownFilter = z.output<typeof segmentFilter>;

/** One condition of a form: its texts, by the names of its inputs without its place. */
export type Row = Record<string, string[]>;

const NAME = /^filters\.(\d{1,2})\.(.+)$/;
/** Stands in an input's name for the place of its row. */
const PLACE = '#';

/** The conditions that a form was sent with, in their order. */
export function rowsOf(typed: FormTexts): Row[] {
  const rows = new Map<number, Row>();
  for (const [name, texts] of Object.entries(typed)) {
    const [, place, input] = NAME.exec(name) ?? [];
    if (place === undefined || input === undefined) continue;
    const row = rows.get(Number(place)) ?? {};
    rows.set(Number(place), { ...row, [input.replace(`filters.${place}.`, `filters.${PLACE}.`)]: texts });
  }
  return [...rows].sort(([a], [b]) => a - b).map(([, row]) => row);
}

/** The same form with these conditions, numbered from 0 on. */
export function withRows(typed: FormTexts, rows: readonly Row[]): FormTexts {
  const others = Object.entries(typed).filter(([name]) => !NAME.test(name));
  const placed = rows.flatMap((row, place) =>
    Object.entries(row).map(([input, texts]) => [nameAt(place, input), texts] as const),
  );
  return Object.fromEntries([...others, ...placed]);
}

/** How an input of the row in this place is named. */
export const nameAt = (place: number, input: string): string =>
  `filters.${place}.${input.replace(`filters.${PLACE}.`, `filters.${place}.`)}`;

export const AMOUNT = `amountMinor@minor:filters.${PLACE}.currency`;

/** How the row of a filter that is saved is filled in. */
export function rowOf(filter: ShownFilter): Row {
  const { isNot = false, ...asked } = filter;
  const row: Row = { 'isNot@flag': [isNot ? 'on' : ''] };
  for (const [name, value] of Object.entries(asked)) row[inputOf(name, value)] = [textOf(name, value, filter)];
  return row;
}

const inputOf = (name: string, value: unknown): string => {
  if (name === 'amountMinor') return AMOUNT;
  if (name === 'days') return 'days@int';
  if (name !== 'value') return name;
  return typeof value === 'number' ? 'value@number' : typeof value === 'boolean' ? 'value@flag' : 'value';
};

function textOf(name: string, value: unknown, filter: ShownFilter): string {
  if (name === 'value' && typeof value === 'boolean') return value ? 'on' : '';
  if (name !== 'amountMinor' || !('currency' in filter)) return String(value);
  const digits = minorDigits(filter.currency.toUpperCase());
  return (Number(value) / 10 ** digits).toFixed(digits);
}

/** A form's conditions as the API takes them: a list, without what a test does not ask for. */
export function filtersOf(body: Record<string, unknown>): Record<string, unknown>[] {
  const rows = Object.values((body.filters ?? {}) as Record<string, Record<string, unknown>>);
  return rows.map((row) => (row.test === 'filled' ? { ...row, value: undefined } : row));
}

/** Faults of the whole list stand above it. */
export const aboveRows = ({ errors }: FormState): FieldFault[] => errors.filter(({ field }) => field === 'filters');
