import type { Condition } from '../../db/page.ts';
import { Segment } from '../../db/entities/segment.ts';
import { conditionOf } from '../../db/people/segments.ts';
import { isDefaultSegment } from '../../workflows/domain/segment.ts';
import { PEOPLE } from '../auth/roles.ts';
import { invalid, notFound, Problem } from '../http/problem.ts';
import type { AccountCall } from '../http/route.ts';

type Call = Pick<AccountCall<unknown, unknown, unknown>, 'em' | 'now' | 'caller'>;

/**
 * Who is in the segment that a filter names. Those of an account's own may say what people have
 * paid, and who may read them may ask for them [R2.1]. @throws Problem 403, 422
 */
export async function membersOf({ em, now, caller }: Call, segment: string, includeTest?: boolean): Promise<Condition> {
  if (!isDefaultSegment(segment) && !PEOPLE.includes(caller.role))
    throw new Problem(403, 'forbidden', { detail: `The role ${caller.role} may not ask for this segment.` });
  const members = await conditionOf(em, segment, now, { includeTest });
  if (!members) throw invalid('segment', 'is no segment of this account');
  return members;
}

/** @throws Problem 404 */
export async function theSegment({
  em,
  params,
}: Pick<AccountCall<{ segmentId: string }, unknown, unknown>, 'em' | 'params'>): Promise<Segment> {
  const segment = await em.findOne(Segment, { id: params.segmentId });
  if (!segment) throw notFound('segment');
  return segment;
}
