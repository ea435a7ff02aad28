import type { Instant } from '../../workflows/domain/instant.ts';
import type { Money } from '../../workflows/domain/money.ts';
import type { Actor } from '../../workflows/domain/verb.ts';

export type Charge = { amount: Money; at: Instant };
/** What an amount is made of. */
export type Line = { what: string; amount: Money };
export type Period = { from: Instant; to: Instant };
export type PaidAmount = { amount: Money; paidAt: Instant };

/** Who did it [R2.3]; `label` is the email of an admin or operator, the name of an API key. */
export type EmailActor = { kind: Actor['kind']; label: string | null };

/** How a value is shown, and of what type it is. */
export type Forms = {
  text: string;
  url: string;
  number: number;
  /** Names, in one line. */
  list: string[];
  money: Money;
  /** Day and time in the account's zone, which is named once [R1.3]; where the hour matters. */
  instant: Instant;
  day: Instant;
  charge: Charge;
  payment: PaidAmount;
  period: Period;
  /** In the facts: a line for each, with its own label. */
  lines: Line[];
  /** In the facts: a line for each. */
  payments: PaidAmount[];
  person: { name: string | null; email: string };
  actor: EmailActor;
};

export type Form = keyof Forms;

/**
 * What a variable is. `money?`: it may be null, and is nothing then. `orElse`: what is said instead
 * of null. `when`: a sentence that is said where it is true. `choose`: one sentence for each value.
 * Sentences may have variables in them.
 */
export type Variable =
  | Form
  | `${Form}?`
  | { of: Form | `${Form}?`; orElse: string }
  | { when: string; otherwise: string }
  | { choose: Readonly<Record<string, string>> };

export type Variables = Readonly<Record<string, Variable>>;

type Shown<F extends string> = F extends `${infer Base extends Form}?`
  ? Forms[Base] | null
  : F extends Form
    ? Forms[F]
    : never;

/** `{ of: 'instant?' }`: absent where it is not even known whether there is one. */
type OrElse<F extends string> = F extends `${string}?` ? Shown<F> | undefined : Shown<F> | null;

/** What has to be handed over for a variable. */
export type ValueOf<V> = V extends string
  ? Shown<V>
  : V extends { of: infer F extends string }
    ? OrElse<F>
    : V extends { when: string }
      ? boolean
      : V extends { choose: infer C }
        ? keyof C
        : never;
