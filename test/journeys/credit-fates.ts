import type { Site } from './a-site.ts';

type Entry = { kind: string; at: string; callId: string | null };
type Credit = { id: string; state: string; entries: Entry[] };
type Credits = { remainingThisYear: number; available: number; held: number; nextIssueAt: string; data: Credit[] };

const creditsOf = (site: Site, id: string) => site.must<Credits>(site.owner.get(`/v1/purchases/${id}/credits`));

export async function creditFigures(site: Site, id: string) {
  const { available, held, remainingThisYear, nextIssueAt } = await creditsOf(site, id);
  return { available, held, remainingThisYear, nextIssueAt };
}

const short = (at: string) => at.replace('T09:00:00.000Z', '').replace(':00.000Z', 'Z');

/** What became of each credit, in the order in which they were issued; equal ones are counted. */
export async function creditFates(site: Site, id: string) {
  const { data } = await creditsOf(site, id);
  const numbered = data.toSorted((a, b) => Number(a.id.split(':')[1]) - Number(b.id.split(':')[1]));
  const lines = numbered.map(({ entries }) => entries.map(({ kind, at }) => `${kind} ${short(at)}`).join(', '));
  const each = [...new Set(lines)];
  return each.map((line) => [lines.filter((one) => one === line).length, line]);
}

export const lapsed = (issued: string, expired: string) => [1, `issued ${issued}, expired ${expired}`];
export const open = (issued: string) => [1, `issued ${issued}`];
