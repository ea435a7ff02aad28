import type { ReactNode } from 'react';
import type { Count } from '../../../db/counts.ts';
import type { AsTyped, FormState } from '../form.ts';
import { countInWords } from './counts.ts';
import { addressWith } from './list.tsx';

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
  /** What the address keeps although the form has no field for it: tabs, sorting. */
  kept: readonly string[];
  children: ReactNode;
};

/** A form whose fields become the address, so that a filtered list can be kept and sent on. */
export const Filters = ({ path, chosen, kept, children }: FiltersProps) => (
  <form className="filters" method="get" action={path}>
    {kept.map((name) => (chosen[name] === undefined ? null : <input key={name} {...hidden(name, chosen[name])} />))}
    {children}
    <button>Show</button>
  </form>
);

const hidden = (name: string, value: string) => ({ type: 'hidden', name, value });

export type Tab = { label: string; value: string | undefined; count?: Count };

type TabsProps = { label: string; name: string; path: string; chosen: Query; tabs: readonly Tab[] };

/** One of a few views of a list; the other filters stay. */
export const Tabs = ({ label, name, path, chosen, tabs }: TabsProps) => (
  <nav className="tabs" aria-label={label}>
    {tabs.map(({ label: text, value, count }) => (
      <a
        key={text}
        href={addressWith(path, chosen, { [name]: value })}
        aria-current={chosen[name] === value ? 'true' : undefined}
      >
        {text}
        {count === undefined ? null : <> ({countInWords(count)})</>}
      </a>
    ))}
  </nav>
);
