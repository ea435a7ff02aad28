import type { EmailEntry, EmailText } from './entries/entry.ts';

/** All that an account may say in its own words: an entry's text, and the label of its action. */
export type EmailWords = EmailText & {
  /** null = the email asks for nothing to be done. */
  button: string | null;
};

/** Where in the words something is wrong (`body.2`: the third paragraph), and what. */
export type WordsFault = { field: string; message: string };

/** The words that we ship. */
export const wordsOf = ({ text, action }: EmailEntry): EmailWords => ({ ...text, button: action?.label ?? null });

/**
 * The entry in an account's words; in ours where there are none (null), or they name what an update
 * has taken away.
 */
export const inWords = (entry: EmailEntry, words: EmailWords | null): EmailEntry => {
  if (words === null || faultsIn(entry, words).length > 0) return entry;
  const { button, ...text } = words;
  const { action, ...others } = entry;
  if (!action || isWithoutButton(entry, words)) return { ...others, text };
  return { ...others, text, action: { ...action, label: button ?? action.label } };
};

const isWithoutButton = ({ action }: EmailEntry, { button }: EmailWords): boolean =>
  button === null && action?.mayBeMissing === true;

const VARIABLE = /\{\{(\w+)\}\}/g;

/** `{{ name }}` is what people mean by `{{name}}`. */
export const tidied = (words: string): string => words.replaceAll(/\{\{\s+(\w+)\s*\}\}|\{\{(\w+)\s+\}\}/g, '{{$1$2}}');

/**
 * What cannot be sent of these words: names of no variable, braces around no name, an email that
 * lacks the link for which it is sent [R13.4].
 */
export function faultsIn(written: EmailEntry, words: EmailWords): WordsFault[] {
  const { body, button, ...lines } = words;
  const { action, ...others } = written;
  const entry: EmailEntry = action && !isWithoutButton(written, words) ? written : others;
  const faults = [
    ...Object.entries(lines).flatMap(([field, line]) => faultsOfLine(entry, field, line)),
    ...body.flatMap((paragraph, place) => faultsOfParagraph(entry, `body.${place}`, paragraph)),
    ...(button === null ? [] : faultsOfLine(entry, 'button', button)),
  ];
  if (button === null && entry.action) faults.push({ field: 'button', message: 'must say what its button does' });
  if (button !== null && !entry.action) faults.push({ field: 'button', message: 'must be null: it has no button' });
  if (entry.oneTimeLink !== null && !body.includes('{{action}}'))
    faults.push({ field: 'body', message: 'must have a paragraph {{action}}: the link is what it is sent for' });
  return faults;
}

function faultsOfParagraph(entry: EmailEntry, field: string, words: string): WordsFault[] {
  if (words === '{{facts}}' || (words === '{{action}}' && entry.action)) return [];
  if (/\{\{(facts|action)\}\}/.test(words) && (entry.action || words.includes('{{facts}}')))
    return [{ field, message: 'must have {{facts}} and {{action}} in paragraphs of their own' }];
  return faultsOfLine(entry, field, words);
}

function faultsOfLine({ variables }: EmailEntry, field: string, words: string): WordsFault[] {
  const unknown = [...words.matchAll(VARIABLE)].find(([, name = '']) => name !== 'siteName' && !(name in variables));
  if (unknown) return [{ field, message: `must not name {{${unknown[1]}}}, which is no variable of this email` }];
  if (/\{\{|\}\}/.test(words.replaceAll(VARIABLE, '')))
    return [{ field, message: 'must have the name of a variable within each {{ and }}' }];
  return [];
}
