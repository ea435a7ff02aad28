import { Contact } from '../../db/entities/contact.ts';
import { addOnFor } from '../../db/platform/for-account.ts';
import { EVERYBODY } from '../auth/roles.ts';
import { creditRoutes } from '../credits/credits.ts';
import { slotRoutes } from '../credits/slots.ts';
import { notFound } from '../http/problem.ts';
import type { AccountCall, CustomerCall, Route } from '../http/route.ts';
import { atPlatform } from '../platform/at-platform.ts';
import type { RequestDeps } from '../verbs/ask-of-request.ts';
import { calendarRoutes } from './calendar.ts';
import { customerCallRoutes } from './customer-calls.ts';

type Call = AccountCall<unknown, unknown, unknown>;

/**
 * A call inside of the platform, in the place of the contact who has the add-on: whoever of the
 * account asks, whatever the role [R19.5].
 */
async function inPlaceOfOwner(call: Call): Promise<Omit<CustomerCall<unknown, unknown, unknown>, 'session'>> {
  const at = await atPlatform(call);
  const addOn = await addOnFor(at);
  if (!addOn) throw notFound('add-on');
  const contact = await at.em.findOneOrFail(Contact, { id: addOn.contactId });
  const team = { forAccountId: at.forAccountId, actor: call.caller.actor, em: call.em };
  return { ...call, em: at.em, account: at.platform, now: at.now, contact, team };
}

/** The same route for the admins of an account as customers have for what is theirs. */
const forTeam = <One extends Route<RequestDeps>>(route: One, summary: string): One => ({
  ...route,
  scope: 'account',
  tag: 'Account',
  roles: EVERYBODY,
  path: ofAccount(route.path),
  ...(route.location && { location: ofAccount(route.location) }),
  operationId: route.operationId.replace('My', 'Team'),
  summary,
  handle: async (call: never, deps) => route.handle((await inPlaceOfOwner(call)) as never, deps),
});

const ofAccount = (path: string): string => path.replace('/v1/me/', '/v1/account/');

export const teamCallRoutes = {
  book: forTeam(customerCallRoutes.book, 'Book a call of the add-on, for which a credit is held'),
  list: forTeam(customerCallRoutes.list, "List the team's calls, by when they begin, with who booked them"),
  reschedule: forTeam(customerCallRoutes.reschedule, "Move one of the team's calls, 24 hours or more before it"),
  cancel: forTeam(customerCallRoutes.cancel, "Cancel one of the team's calls"),
  takeSeat: forTeam(customerCallRoutes.takeSeat, "Book a seat in one day's office hours, which costs no credit"),
  listOfSeats: forTeam(customerCallRoutes.listOfSeats, "List the team's seats in office hours, by when they begin"),
  cancelSeat: forTeam(customerCallRoutes.cancelSeat, "Give one of the team's seats up"),
  slots: forTeam(slotRoutes.listMine, 'List when calls of the add-on can be booked, the earliest first'),
  officeHours: forTeam(calendarRoutes.listMine, 'List the office hours in which the add-on gives seats'),
  experts: forTeam(calendarRoutes.listMyExperts, "List the platform's experts, by name"),
  credits: forTeam(creditRoutes.readMine, 'List the call credits of the add-on'),
};
