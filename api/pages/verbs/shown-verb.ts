import type { ReactNode } from 'react';
import type { Role } from '../../../workflows/domain/verb.ts';
import type { Purchase } from '../admin/purchase/read-purchase.ts';
import type { FormState, FormTexts } from '../form.ts';
import type { Site } from '../page.ts';

export type FieldsProps = { purchase: Purchase; site: Site; role: Role | null; form: FormState };

/**
 * A verb as people meet it: its name, what it means, what it asks for, and the button that does it.
 */
export type ShownVerb = {
  word: string;
  /** What it does, in a sentence or two. */
  intro: string;
  /** Inputs named as the API's body has them; all verbs ask for a reason besides. */
  fields?: (props: FieldsProps) => ReactNode;
  /** What the form holds before anybody types: the first preview is of this. */
  initial?: (purchase: Purchase, site: Site, query: Record<string, string>) => FormTexts;
  button: string | ((body: Record<string, unknown>) => string);
  isDangerous?: (body: Record<string, unknown>) => boolean;
  /** In place of "No email is sent", where the emails are not known beforehand. */
  withoutEmails?: string;
  done: string;
};

export const inTimeZone = ({ site }: FieldsProps): string => `In the time zone ${site.timeZone}.`;
