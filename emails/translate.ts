import { EMAILS, type EmailKind } from './catalogue.ts';
import type { EmailEntry } from './entries/entry.ts';
import type { Variable, Variables } from './entries/variable.ts';
import type { LanguageCode } from './languages/codes.ts';
import { TRANSLATIONS } from './languages/index.ts';
import type { AnyTranslation } from './languages/translation.ts';

/** Each is made once. */
const made = new Map<string, EmailEntry>();

/** What the catalogue says of a kind of email, in a language. */
export function entryIn(kind: EmailKind, language: LanguageCode): EmailEntry {
  if (language === 'en') return EMAILS[kind];
  const name = `${language} ${kind}`;
  const entry = made.get(name) ?? translated(EMAILS[kind], TRANSLATIONS[language][kind]);
  made.set(name, entry);
  return entry;
}

function translated(entry: EmailEntry, words: AnyTranslation): EmailEntry {
  const { subject, preview, heading, body, facts, says = {}, button, file, more } = words;
  return {
    ...entry,
    variables: saying(entry.variables, says),
    text: { subject, preview, heading, body },
    facts: entry.facts.map(([label, variable]) => [label === '' ? '' : (facts[variable] ?? label), variable] as const),
    ...(entry.action && { action: { ...entry.action, label: button ?? entry.action.label } }),
    ...(entry.file && { file: { ...entry.file, label: file ?? entry.file.label } }),
    ...(entry.more && { more: { ...entry.more, label: more ?? entry.more.label } }),
  };
}

const saying = (variables: Variables, says: NonNullable<AnyTranslation['says']>): Variables =>
  Object.fromEntries(Object.entries(variables).map(([name, variable]) => [name, said(variable, says[name])]));

function said(variable: Variable, words: string | Readonly<Record<string, string>> | undefined): Variable {
  if (words === undefined || typeof variable === 'string') return variable;
  if (typeof words === 'string') return 'of' in variable ? { ...variable, orElse: words } : variable;
  if ('when' in variable)
    return { when: words.when ?? variable.when, otherwise: words.otherwise ?? variable.otherwise };
  return 'choose' in variable ? { choose: { ...variable.choose, ...words } } : variable;
}
