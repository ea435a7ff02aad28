import type { ReactNode } from 'react';
import type { Count } from '../../../db/counts.ts';
import type { AsTyped, FormState } from '../form.ts';
import { countInWords } from './counts.ts';
import { dateInWords, type Here } from '../words/instant.ts';
import { TextField, type Option } from './fields.tsx';
import { addressWith, type Sort } from './list.tsx';

type Query = Record<string, string>;

/** What an address says of a list; blank fields of a filter form say nothing. */
export const chosenOf = (query: Query, names: readonly string[]): AsTyped<string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const text = query[name]?.trim() ?? '';
      return text === '' ? [] : [[name, text]];
    }),
  ) as AsTyped<string>;

/** Fields of a filter show what the address says. */
export const filterState = (chosen: Query): FormState => ({
  typed: Object.fromEntries(Object.entries(chosen).map(([name, text]) => [name, [text]])),
  errors: [],
});

type FiltersProps = {
  path: string;
  chosen: Query;
  /** What the address keeps although the form has no field for it, such as tabs. */
  kept: readonly string[];
  /** How many there are. */
  count?: string | undefined;
  /** What stands beside the filters and is none, such as a form of its own. */
  tools?: ReactNode;
  children: ReactNode;
};

/** A form whose fields become the address, so that a filtered list can be kept and sent on. */
export const Filters = ({ path, chosen, kept, count, tools, children }: FiltersProps) => (
  <div className="filters">
    <form className="fields" method="get" action={path}>
      {kept.map((name) => (chosen[name] === undefined ? null : <input key={name} {...hidden(name, chosen[name])} />))}
      {children}
    </form>
    {tools}
    {count === undefined ? null : <span className="rest">{count}</span>}
  </div>
);

const hidden = (name: string, value: string) => ({ type: 'hidden', name, value });

/** Part of a name or an address, applied by Enter. */
export const SearchField = ({ label, chosen }: { label: string; chosen: Query }) => (
  <input name="q" type="search" aria-label={label} placeholder={label} defaultValue={chosen.q} />
);

type ChipProps = { name: string; label: string; options: readonly Option[]; chosen: Query; none?: string };

/** One filter: dashed where it is not set, filled with its value where it is. */
export function Chip({ name, label, options, chosen, none = 'Any' }: ChipProps) {
  const value = chosen[name] ?? '';
  const set = options.find((option) => option.value === value);
  return (
    <FieldsChip label={label} value={set?.label}>
      <fieldset>
        <legend className="unseen">{label}</legend>
        {[{ value: '', label: none }, ...options].map((option) => (
          <label key={option.value} className="choice">
            <input type="radio" name={name} value={option.value} defaultChecked={option.value === value} />
            {option.label}
          </label>
        ))}
      </fieldset>
    </FieldsChip>
  );
}

type FieldsChipProps = { label: string; value: string | undefined; isOpen?: boolean; children: ReactNode };

/** A filter of any fields, such as two dates; `value`: what is chosen, in words. */
export const FieldsChip = ({ label, value, isOpen = false, children }: FieldsChipProps) => (
  <details className={value === undefined ? 'menu chip' : 'menu chip set'} name="filter" open={isOpen}>
    <summary>{value === undefined ? label : `${label}: ${value}`}</summary>
    <div className="form">
      {children}
      <button className="primary">Apply</button>
    </div>
  </details>
);

type DatesProps = { label: string; from: string; to: string; chosen: Query; here: Here };

/** A filter of two dates by their names, [from, to). */
export const DatesChip = ({ label, from, to, chosen, here }: DatesProps) => (
  <FieldsChip label={label} value={spanInWords(chosen[from], chosen[to], here)}>
    <TextField name={from} label="From" type="date" form={filterState(chosen)} />
    <TextField name={to} label="Before" type="date" form={filterState(chosen)} />
  </FieldsChip>
);

/** `Feb 1 to Mar 1`. */
function spanInWords(from: string | undefined, to: string | undefined, here: Here): string | undefined {
  if (from === undefined) return to === undefined ? undefined : `before ${dateInWords(to, here)}`;
  return to === undefined
    ? `from ${dateInWords(from, here)}`
    : `${dateInWords(from, here)} to ${dateInWords(to, here)}`;
}

/** Where heads cannot be pressed, since a phone shows none. */
export const SortChip = ({ sorts: [first, ...others], chosen }: { sorts: readonly Sort[]; chosen: Query }) => (
  <div className="narrow-only">
    <Chip name="sort" label="Sort" none={first?.label ?? ''} options={others} chosen={chosen} />
  </div>
);

export type Tab = { label: string; value: string | undefined; count?: Count | undefined };

type TabsProps = { label: string; name: string; path: string; chosen: Query; tabs: readonly Tab[] };

/** One of a few views of a list by one name of its address; the other filters stay. */
export const Tabs = ({ label, name, path, chosen, tabs }: TabsProps) => (
  <Views
    label={label}
    views={tabs.map(({ label: text, value, count }) => ({
      label: text,
      href: addressWith(path, chosen, { [name]: value }),
      isCurrent: chosen[name] === value,
      count,
    }))}
  />
);

export type View = { label: string; href: string; isCurrent: boolean; count: Count | undefined };

/** What people look for most, each one click away, with how many there are. */
export const Views = ({ label, views }: { label: string; views: readonly View[] }) => (
  <nav className="views" aria-label={label}>
    {views.map(({ label: text, href, isCurrent, count }) => (
      <a key={text} href={href} aria-current={isCurrent ? 'true' : undefined}>
        {text}
        {count === undefined ? null : (
          <>
            {' '}
            <span className="count">{countInWords(count)}</span>
          </>
        )}
      </a>
    ))}
  </nav>
);
