import type { ReactNode } from 'react';
import type { Count } from '../../../db/counts.ts';
import type { AsTyped, FormState } from '../form.ts';
import { countInWords } from './counts.ts';
import type { Option } from './fields.tsx';
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
  count?: string;
  children: ReactNode;
};

/** A form whose fields become the address, so that a filtered list can be kept and sent on. */
export const Filters = ({ path, chosen, kept, count, children }: FiltersProps) => (
  <form className="filters" method="get" action={path}>
    {kept.map((name) => (chosen[name] === undefined ? null : <input key={name} {...hidden(name, chosen[name])} />))}
    {children}
    {count === undefined ? null : <span className="rest">{count}</span>}
  </form>
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

/** Where heads cannot be pressed, since a phone shows none. */
export const SortChip = ({ sorts: [first, ...others], chosen }: { sorts: readonly Sort[]; chosen: Query }) => (
  <div className="narrow-only">
    <Chip name="sort" label="Sort" none={first?.label ?? ''} options={others} chosen={chosen} />
  </div>
);

export type Tab = { label: string; value: string | undefined; count?: Count };

type TabsProps = { label: string; name: string; path: string; chosen: Query; tabs: readonly Tab[] };

/** One of a few views of a list; the other filters stay. */
export const Tabs = ({ label, name, path, chosen, tabs }: TabsProps) => (
  <nav className="views" aria-label={label}>
    {tabs.map(({ label: text, value, count }) => (
      <a
        key={text}
        href={addressWith(path, chosen, { [name]: value })}
        aria-current={chosen[name] === value ? 'true' : undefined}
      >
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
