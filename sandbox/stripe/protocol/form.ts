/** A decoded form body or query: strings at the leaves. */
type FormValue = string | FormValue[] | FormTree;
export interface FormTree {
  [name: string]: FormValue;
}

/**
 * Reads `a[b][0]=c&d[]=e` as `{ a: { b: ['c'] }, d: ['e'] }`, the way Stripe's SDKs write
 * parameters. Names that could reach an object's prototype are dropped.
 */
export function parseForm(text: string): FormTree {
  const root: FormTree = Object.create(null) as FormTree;
  for (const [name, value] of new URLSearchParams(text)) {
    const path = pathOf(name);
    if (!path.some((part) => part === '__proto__' || part === 'constructor' || part === 'prototype'))
      put(root, path, value);
  }
  return toLists(root) as FormTree;
}

function pathOf(name: string): string[] {
  const bracket = name.indexOf('[');
  if (bracket < 0) return [name];
  return [
    name.slice(0, bracket),
    ...Array.from(name.slice(bracket).matchAll(/\[([^\]]*)\]/g), (match) => match[1] ?? ''),
  ];
}

function put(tree: FormTree, path: string[], value: string): void {
  let node = tree;
  path.forEach((part, index) => {
    const name = part === '' ? String(Object.keys(node).length) : part;
    if (index === path.length - 1) {
      node[name] = value;
      return;
    }
    const next = node[name];
    node = node[name] = typeof next === 'object' && !Array.isArray(next) ? next : (Object.create(null) as FormTree);
  });
}

function toLists(value: FormValue): FormValue {
  if (typeof value === 'string' || Array.isArray(value)) return value;
  const names = Object.keys(value);
  const entries = names.map((name) => [name, toLists(value[name] ?? '')] as const);
  if (names.length > 0 && names.every((name) => /^\d+$/.test(name))) return entries.map(([, entry]) => entry);
  return Object.fromEntries(entries);
}
