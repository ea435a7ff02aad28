import type { ReactNode } from 'react';
import { sumMinor } from '../../../workflows/domain/money.ts';
import type { Role } from '../../../workflows/domain/verb.ts';
import type { Preview, Purchase } from '../admin/purchase/read-purchase.ts';
import type { Form, FormState, FormTexts } from '../form.ts';
import type { PageCall, Site } from '../page.ts';
import type { Option } from '../parts/fields.tsx';
import { moneyInWords } from '../parts/money.tsx';
import { clockOf } from '../words/instant.ts';

export type FieldsProps = {
  purchase: Purchase;
  site: Site;
  role: Role | null;
  form: FormState;
  /** What the verb lets people choose from; none where it asks for nothing of the kind. */
  choices: readonly Option[];
};

/**
 * A verb as people meet it: its name, what it means, what it asks for, and the button that does it.
 */
export type ShownVerb = {
  word: string;
  /** What it does, in a sentence or two. */
  intro: string;
  /** Inputs named as the API's body has them; all verbs ask for a reason besides. */
  fields?: (props: FieldsProps) => ReactNode;
  /** What is read for people to choose from. */
  choices?: (call: PageCall, purchase: Purchase) => Promise<Option[]>;
  /** What the form holds before anybody types: the first preview is of this. */
  initial?: (purchase: Purchase, site: Site, query: Record<string, string>, choices: readonly Option[]) => FormTexts;
  /** Says what happens, with the figure where there is one. */
  button: string | ((body: Record<string, unknown>, around: { preview: Preview; site: Site }) => string);
  /** The API's body of what was typed, without what the choice does not use. */
  reads?: (body: Form['body']) => Form['body'];
  isDangerous?: (body: Record<string, unknown>) => boolean;
  /** In place of "No email is sent", where the emails are not known beforehand. */
  withoutEmails?: string;
  done: string;
};

export const inTimeZone = ({ site }: FieldsProps): string => `${clockOf(site)}.`;

/** `Refund $29.00`, of what the preview says is moved; `otherwise` where that is nothing. */
export function withSum(
  word: string,
  kind: 'refund' | 'charge_attempt' | 'charged_now',
  { money }: Preview,
  otherwise: string,
): string {
  const moved = money.flatMap((effect) => (effect.kind === kind ? [effect] : []));
  const currency = moved[0]?.currency;
  if (currency === undefined) return otherwise;
  const amountMinor = sumMinor(moved.map((effect) => effect.amountMinor ?? 0));
  return `${word} ${moneyInWords({ amountMinor, currency })}`;
}
