import { distance } from 'fastest-levenshtein';
import type { NearMatch } from '../../workflows/domain/login-facts.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import { literal } from '../matching.ts';
import { EACH_TIME, query, sql } from '../sql.ts';

/** So many are shown, and so many are compared of those found in each way. */
const MOST = 5;
const MOST_COMPARED = 500;

/**
 * The contacts of an account whose address is nearly this one: a letter or two off, another ending
 * or provider, or with another `+tag`; customers first, then the nearest.
 */
export async function nearAddresses(em: Scoped, address: string): Promise<NearMatch[]> {
  const found = new Map<string, NearMatch>();
  for (const patterns of [elsewhere(address), sameDomain(address)])
    for (const match of await matching(em, patterns)) found.set(match.contactId, match);
  return [...found.values()]
    .filter(({ email }) => email !== address && isNear(address, email))
    .sort((a, b) => byCustomer(a, b) || distance(address, a.email) - distance(address, b.email))
    .slice(0, MOST);
}

const matching = (em: Scoped, patterns: string[]): Promise<NearMatch[]> =>
  query(
    em,
    sql`${EACH_TIME} select id as "contactId", email, customer_since is not null as "isCustomer" from contacts
     where account_id = ${accountIdOf(em)} and erased_at is null and search like any(${patterns}::text[])
     order by created_at desc, id desc limit ${sql.lit(MOST_COMPARED)}`,
  );

const byCustomer = (a: NearMatch, b: NearMatch): number => Number(b.isCustomer) - Number(a.isCustomer);

/** What stands before the @ without its tag, and the domain. */
function partsOf(address: string): { person: string; domain: string } {
  const at = address.lastIndexOf('@');
  return { person: address.slice(0, at).split('+')[0] ?? '', domain: address.slice(at + 1) };
}

/** Short names differ by a letter from those of other people. */
const LEAST_FOR_TWO = 5;
const mostOff = ({ person }: { person: string }): number => (person.length < LEAST_FOR_TWO ? 1 : 2);

/** The same name at any domain. The address begins what is searched. */
function elsewhere(address: string): string[] {
  const person = literal(partsOf(address).person);
  return [`${person}@%`, `${person}+%@%`];
}

/**
 * At the same domain whoever has a part of the name in common: of two wrong letters, one third has
 * none. A `+tag` may stand before the domain.
 */
function sameDomain(address: string): string[] {
  const { person, domain } = partsOf(address);
  const parts = mostOff({ person }) + 1;
  const cut = (part: number): number => Math.floor((part * person.length) / parts);
  const at = `@${literal(domain)}\n%`;
  return Array.from({ length: parts }, (_, index) => person.slice(cut(index), cut(index + 1)))
    .map((part, index) => (part === '' ? null : `${index === 0 ? '' : '%'}${literal(part)}%${at}`))
    .filter((pattern) => pattern !== null);
}

/** Whether one may have been meant by the other. */
export function isNear(asked: string, other: string): boolean {
  const [one, two] = [partsOf(asked), partsOf(other)];
  if (one.domain === two.domain) return distance(one.person, two.person) <= mostOff(one);
  return one.person === two.person && (distance(one.domain, two.domain) <= 2 || nameOf(one) === nameOf(two));
}

/** A domain without its ending. */
const nameOf = ({ domain }: { domain: string }): string => domain.split('.')[0] ?? '';
