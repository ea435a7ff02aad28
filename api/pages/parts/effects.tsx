import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { ProblemBody } from '../../http/problem.ts';
import type { askedCommandSchema, commandSchema } from '../../inbox/command-schema.ts';
import type { Site } from '../page.ts';
import { moneyInWords } from './money.tsx';
import { When } from './when.tsx';

type Command = z.output<typeof commandSchema>;
type AskedCommand = z.output<typeof askedCommandSchema>;
export type Effects = NonNullable<Extract<Command, { status: 'applied' }>['effects']>;

type End = { problem: ProblemBody | null; effects: Effects | null };

/** How a command ended; a pending one has neither problem nor effects. */
export const endOf = (command: Command | AskedCommand): End => ({
  problem: 'problem' in command ? command.problem : null,
  effects: ('effects' in command && command.effects) || null,
});

type Zone = Pick<Site, 'timeZone'>;

/** What a command did with money, one line each. */
export const MoneyLine = ({ money, site }: { money: Effects['money'][number]; site: Zone }) => (
  <>{...moneyLine(money, (at, none) => <When at={at} site={site} none={none} />)}</>
);

type At = (at: string | null, none?: string) => ReactNode;

function moneyLine(money: Effects['money'][number], when: At): ReactNode[] {
  switch (money.kind) {
    case 'refund':
      return [`${moneyInWords(money)} refunded of payment `, <code key="id">{money.paymentId}</code>];
    case 'no_more_charges':
      return ['No more charges from ', when(money.from)];
    case 'charges_suspended':
      return ['Charges suspended until ', when(money.until, 'somebody resumes')];
    case 'charges_continue':
      return [`${moneyInWords(money)} are charged next `, when(money.nextChargeAt, 'at the regular date')];
    case 'charge':
      return [`${moneyInWords(money)} charged `, when(money.at)];
    case 'further_charges':
      return [`${money.count} further charges, ${moneyInWords(money)} in all, the last one `, when(money.until)];
    case 'prorated_last_charge':
      return ['A shorter last cycle is charged ', when(money.at), ', up to ', when(money.until)];
    case 'open_invoices_voided':
      return ['Open invoices voided'];
    case 'charge_attempt':
      return [`${moneyInWords(money)} charged, if the card allows`];
  }
}

/** `Purchase paused, to the customer`. */
export const emailInWords = ({ kind, to }: Effects['emails'][number]): string => {
  const words = kind.replace(/^admin-/, '').replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}, to ${to === 'admins' ? 'the admins' : 'the customer'}`;
};
