import { addDays, type Instant } from '../../workflows/domain/instant.ts';
import type { Scoped } from '../account-scope.ts';
import { Call } from '../entities/call.ts';
import { ExpertTimeOff } from '../entities/expert-time-off.ts';

/** `[from, until)`; without `expertId` everybody's. */
type Asked = { from: Instant; until: Instant; expertId?: string | undefined };

/** More than a few weeks of anybody's calendar have; keeps an answer bounded. */
const MOST = 5_000;

const overlapping = ({ from, until, expertId }: Asked) => ({
  startsAt: { $lt: until },
  endsAt: { $gt: from },
  ...(expertId !== undefined && { expertId }),
});

const IN_ORDER = { orderBy: { startsAt: 'asc', id: 'asc' }, limit: MOST, disableIdentityMap: true } as const;

/** The calls that are not canceled. None lasts a day, so none that began earlier is looked at. */
export const callsBetween = (em: Scoped, asked: Asked): Promise<Call[]> => {
  const { startsAt, ...where } = overlapping(asked);
  const began = { ...startsAt, $gt: addDays(asked.from, -1) };
  return em.find(Call, { ...where, startsAt: began, state: { $ne: 'canceled' } }, IN_ORDER);
};

export const timeOffBetween = (em: Scoped, asked: Asked): Promise<ExpertTimeOff[]> =>
  em.find(ExpertTimeOff, overlapping(asked), IN_ORDER);
