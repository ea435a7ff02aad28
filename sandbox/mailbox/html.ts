/** Markup that is safe to be sent; made by `html` alone. */
export type Markup = { readonly markup: string };

type Value = Markup | string | number | null | false | readonly Markup[];

/** Tagged template whose values are escaped, unless they are markup themselves. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Markup {
  const text = parts.map((part, index) => part + (index < values.length ? write(values[index] as Value) : ''));
  return { markup: text.join('') };
}

function write(value: Value): string {
  if (value === null || value === false) return '';
  if (Array.isArray(value)) return value.map(write).join('');
  if (typeof value === 'object') return (value as Markup).markup;
  return escape(String(value));
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}
