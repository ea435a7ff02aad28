import type { z } from 'zod';
import type { ProblemBody } from '../../http/problem.ts';
import type { askedCommandSchema, commandSchema } from '../../inbox/command-schema.ts';
import { emailInWords } from '../words/email.ts';
import type { Here } from '../words/instant.ts';
import { moneyDoneInWords } from '../words/money-effect.ts';
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

/** What a command did with money, one line each. */
export const MoneyLine = ({ money, site }: { money: Effects['money'][number]; site: Here }) => (
  <>{...moneyDoneInWords(money, (at, none) => <When at={at} site={site} none={none} />)}</>
);

/** `Paused, to the customer`; those to experts say so by themselves. */
export const emailLine = ({ kind, to }: Effects['emails'][number]): string =>
  to === 'expert' ? emailInWords(kind) : `${emailInWords(kind)}, to the ${to}`;
