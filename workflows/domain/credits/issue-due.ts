import { latest, type Instant } from '../instant.ts';
import { after, expire, issue, nothing, yearOf, type CreditMove, type Credits } from './ledger.ts';
import { isPaid } from './paid-time.ts';
import { expiryOf, issueAt, type CreditRule } from './rule.ts';

/**
 * How far a rule goes: for so many years, and before `endsAt`, from which on nothing is issued;
 * null = without end. From `changesAt` on it is for another offer's rule to say what is issued.
 */
export type Bounds = { years: number; endsAt: Instant | null; changesAt?: Instant | null };

/**
 * Issues what is due at `at` and lies in paid time, each credit as of its own instant, and expires
 * what of that is over already. What is due in a time that is not paid is passed over: the payment
 * issues it later, with its original date [R19.3, R27.1].
 */
export function issueDue(before: Credits, rule: CreditRule, bounds: Bounds, at: Instant): CreditMove {
  const { anchor } = before;
  if (anchor === null) return nothing(before);
  const late = before.passedOver.filter((number) => isPaid(before, issueAt(rule, anchor, number)));
  const due = dueNumbers(before, rule, bounds, at);
  if (late.length + due.length === 0) return nothing(before);
  const isInBounds = (number: number) => bounds.endsAt === null || issueAt(rule, anchor, number) < bounds.endsAt;
  const [paid, unpaid] = partition(due.filter(isInBounds), (number) => isPaid(before, issueAt(rule, anchor, number)));
  const credits = {
    ...before,
    next: before.next + due.length,
    passedOver: [...before.passedOver.filter((number) => !late.includes(number)), ...unpaid].slice(-2 * rule.perYear),
  };
  const numbers = [...late, ...paid];
  const issued = numbers.reduce(
    (all, number) => after(all, (now) => issueByRule(now, rule, issueAt(rule, anchor, number))),
    nothing(credits),
  );
  if (numbers.length === 0) return issued;
  const warned = { ...issued, credits: { ...issued.credits, warnFrom: latest(credits.warnFrom ?? at, at) } };
  return after(warned, (now) => expire(now, at));
}

/** The numbers of the rule, from the next one on, that are due at `at`. */
function dueNumbers({ anchor, next }: Credits, rule: CreditRule, bounds: Bounds, at: Instant): number[] {
  const { years, changesAt = null } = bounds;
  const numbers: number[] = [];
  const end = years * rule.perYear;
  for (let number = next; anchor !== null && number < end; number += 1) {
    const issuedAt = issueAt(rule, anchor, number);
    if (issuedAt > at || (changesAt !== null && issuedAt >= changesAt)) break;
    numbers.push(number);
  }
  return numbers;
}

/** What is issued for a year that is over takes nothing from the one that runs. */
function issueByRule(credits: Credits, rule: CreditRule, at: Instant): CreditMove {
  const { credits: issued, entries } = issue(credits, at, expiryOf(rule, at));
  const year = yearOf(credits, at);
  const isOfYear = at >= year.startsAt;
  return { credits: { ...issued, year: isOfYear ? { ...year, issued: year.issued + 1 } : year }, entries };
}

function partition<T>(all: T[], holds: (one: T) => boolean): [T[], T[]] {
  return [all.filter(holds), all.filter((one) => !holds(one))];
}
