import type { Scoped } from '../../db/account-scope.ts';
import { Offer } from '../../db/entities/offer.ts';
import { Product } from '../../db/entities/product.ts';
import type { Segment } from '../../db/entities/segment.ts';
import { fieldsOfAccount } from '../../db/people/contact-fields.ts';
import {
  faultOfFieldTest,
  faultOfNesting,
  MOST_NESTED_FILTERS,
  namedSegments,
  type NestingFault,
  type SegmentFilter,
  type SegmentRule,
} from '../../workflows/domain/segment.ts';
import { invalid, Problem } from '../http/problem.ts';

type Rule = SegmentRule & { id: string };

/**
 * Whatever a rule names is the account's, and segments that name each other come to an end.
 * @throws Problem 422
 */
export async function checkRule(em: Scoped, rule: Rule, segments: readonly Segment[]): Promise<void> {
  await checkFields(em, rule);
  await checkSold(em, rule);
  checkNesting(rule, segments);
}

async function checkFields(em: Scoped, { filters }: SegmentRule): Promise<void> {
  const fields = new Map((await fieldsOfAccount(em)).map(({ key, kind }) => [key, kind]));
  for (const [index, filter] of filters.entries()) {
    const fault = faultOfFieldTest(filter, fields);
    if (fault) throw invalid(`filters.${index}.${fault.at}`, fault.message);
  }
}

async function checkSold(em: Scoped, { filters }: SegmentRule): Promise<void> {
  const offers = await idsIn(em, Offer, named(filters, 'offerId'));
  const products = await idsIn(em, Product, named(filters, 'productId'));
  for (const [index, filter] of filters.entries()) {
    for (const [name, known] of [
      ['offerId', offers],
      ['productId', products],
    ] as const) {
      const id = idOf(filter, name);
      if (id && !known.has(id)) throw invalid(`filters.${index}.${name}`, 'is none of this account');
    }
  }
}

type Name = 'offerId' | 'productId';

const idOf = (filter: SegmentFilter, name: Name): string | null =>
  (filter as Partial<Record<Name, string>>)[name] ?? null;

const named = (filters: readonly SegmentFilter[], name: Name): string[] =>
  filters.flatMap((filter) => idOf(filter, name) ?? []);

async function idsIn(em: Scoped, entity: typeof Offer | typeof Product, ids: string[]): Promise<Set<string>> {
  const found = ids.length === 0 ? [] : await em.find(entity as typeof Product, { id: { $in: ids } });
  return new Set(found.map(({ id }) => id));
}

function checkNesting(rule: Rule, segments: readonly Segment[]): void {
  const rules = new Map<string, SegmentRule>([...segments.map((one) => [one.id, one] as const), [rule.id, rule]]);
  for (const [index, filter] of rule.filters.entries()) {
    const [id] = namedSegments({ match: 'all', filters: [filter] });
    if (id !== undefined && !rules.has(id)) throw invalid(`filters.${index}.segment`, FAULTS.unknown);
  }
  for (const id of rules.keys()) {
    const fault = faultOfNesting(id, rules);
    if (fault) throw invalid('filters', FAULTS[fault]);
  }
}

const FAULTS: Record<NestingFault, string> = {
  unknown: 'is no segment of this account',
  cycle: 'name a segment that asks for this one',
  too_many: `are more than ${MOST_NESTED_FILTERS}, with those of the segments that ask for each other`,
};

/** What somebody wants to delete is asked for by segments. */
export const inUse = (users: readonly Segment[]): Problem =>
  new Problem(409, 'in_use', {
    detail: `Segments ask for it: ${users.map(({ name }) => name).join(', ')}. Change or delete them first.`,
  });
