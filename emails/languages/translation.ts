import type { EmailEntry, EmailText } from '../entries/entry.ts';

/** The sentences of a variable, each where the English one stands. */
type SentencesOf<V> = V extends { when: string }
  ? { when: string; otherwise: string }
  : V extends { choose: infer C }
    ? { [Value in keyof C]: string }
    : string;

/** Of the variables of an entry those that have sentences. */
type Says<V> = {
  [Name in keyof V as V[Name] extends string ? never : V[Name] extends { orElse: '' } ? never : Name]: SentencesOf<
    V[Name]
  >;
};

/** A label that is a variable and nothing else has no words of its own. */
type Worded<Link, Name extends string> = Link extends { label: `{{${string}}}` }
  ? object
  : Link extends { label: string }
    ? { [Part in Name]: string }
    : object;

type Facts<Rows> = Rows extends readonly (readonly [string, string])[]
  ? { [Row in Rows[number] as Row[0] extends '' ? never : Row[1]]: string }
  : never;

/** An email of the catalogue in another language: all of its words, and nothing else. */
export type Translation<Entry extends EmailEntry> = EmailText & {
  /** The labels, by the variable that they stand before. */
  facts: Facts<Entry['facts']>;
} & (keyof Says<Entry['variables']> extends never ? object : { says: Says<Entry['variables']> }) &
  Worded<Entry extends { action: infer Link } ? Link : object, 'button'> &
  Worded<Entry extends { file: infer Link } ? Link : object, 'file'> &
  Worded<Entry extends { more: infer Link } ? Link : object, 'more'>;

export type Translations<Entries extends Record<string, EmailEntry>> = {
  [Kind in keyof Entries]: Translation<Entries[Kind]>;
};

/** The same where the kind is not known. */
export type AnyTranslation = EmailText & {
  facts: Readonly<Record<string, string>>;
  says?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  button?: string;
  file?: string;
  more?: string;
};
