import type { z } from 'zod';
import type { ProblemBody } from '../../http/problem.ts';
import type { askedCommandSchema, commandSchema } from '../../schemas/command.ts';
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
export function MoneyLine({ money, site }: { money: Effects['money'][number]; site: Zone }) {
  switch (money.kind) {
    case 'refund':
      return (
        <>
          {moneyInWords(money)} refunded of payment <code>{money.paymentId}</code>
        </>
      );
    case 'no_more_charges':
      return (
        <>
          No more charges from <When at={money.from} site={site} />
        </>
      );
    case 'charges_suspended':
      return (
        <>
          Charges suspended until <When at={money.until} site={site} none="somebody resumes" />
        </>
      );
    case 'charges_continue':
      return (
        <>
          {moneyInWords(money)} are charged next <When at={money.nextChargeAt} site={site} none="at the regular date" />
        </>
      );
    case 'charge':
      return (
        <>
          {moneyInWords(money)} charged <When at={money.at} site={site} />
        </>
      );
    case 'further_charges':
      return (
        <>
          {money.count} further charges, {moneyInWords(money)} in all, the last one{' '}
          <When at={money.until} site={site} />
        </>
      );
    case 'prorated_last_charge':
      return (
        <>
          A shorter last cycle is charged <When at={money.at} site={site} />, up to{' '}
          <When at={money.until} site={site} />
        </>
      );
    case 'open_invoices_voided':
      return <>Open invoices voided</>;
    case 'charge_attempt':
      return <>{moneyInWords(money)} charged, if the card allows</>;
  }
}

/** `Purchase paused, to the customer`. */
export const emailInWords = ({ kind, to }: Effects['emails'][number]): string => {
  const words = kind.replace(/^admin-/, '').replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}, to ${to === 'admins' ? 'the admins' : 'the customer'}`;
};
