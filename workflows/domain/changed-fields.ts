/** Fields by their names; those inside of others by their path, as in `selfCancel.isOn`. */
export type Fields = Record<string, unknown>;

export type Changed = { before: Fields | null; after: Fields | null };

/** Stands for a secret: that it was changed is told, and never what it is. */
export const HIDDEN = '(hidden)';

/** So much of a text is told, in characters; emails and terms are kept elsewhere. */
const MOST = 500;

/** A name of what nobody may read later: hashes, tokens, keys, passwords, private addresses. */
const IS_SECRET = /token|secret|password|hash|restrictedkey|accesskey|codes$|calendarurl|^key$|otp/i;

/**
 * What differs between two states of one thing; null on a side = it was not there. A list counts
 * as one value.
 */
export function changedFields(before: object | null, after: object | null): Changed {
  const [was, is] = [before && flat(before), after && flat(after)];
  if (!was || !is) return { before: was && shown(was), after: is && shown(is) };
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const changed = names.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
  const side = (of: Fields): Fields => Object.fromEntries(changed.map((name) => [name, of[name] ?? null]));
  return { before: shown(side(was)), after: shown(side(is)) };
}

function flat(value: object, path = ''): Fields {
  const fields: Fields = {};
  for (const [name, part] of Object.entries(value) as [string, unknown][]) {
    if (part === undefined) continue;
    if (isObject(part)) Object.assign(fields, flat(part, `${path}${name}.`));
    else fields[`${path}${name}`] = part;
  }
  return fields;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shown = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, told(name, value)]));

function told(name: string, value: unknown): unknown {
  if (value !== null && name.split('.').some((part) => IS_SECRET.test(part))) return HIDDEN;
  return cut(value);
}

/** Long texts are cut, in lists too. */
function cut(value: unknown): unknown {
  if (typeof value === 'string') return value.length > MOST ? `${value.slice(0, MOST)}…` : value;
  if (!Array.isArray(value)) return value;
  const text = JSON.stringify(value);
  return text.length > MOST * 4 ? `${text.slice(0, MOST * 4)}…` : value;
}
