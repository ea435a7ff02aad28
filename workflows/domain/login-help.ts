import type { BlockSource } from './access.ts';
import type { Instant } from './instant.ts';
import { causeOf, type LoginCause, type LoginCauseCode, type NextStep, type NextStepKind } from './login-cause.ts';
import type { ClosedProduct, LoginEmail, LoginFacts, LoginLink, PersonFacts } from './login-facts.ts';

/**
 * Why somebody gets no login email or cannot log in, the most likely first; one cause at least:
 * that nothing is wrong is one [R14.2].
 */
export function explainLogin(facts: LoginFacts): LoginCause[] {
  const { person, lock } = facts;
  if (person === null) return [unknown(facts), ...locked(lock, null)];
  const { contactId, erasedAt, customerSince } = person;
  if (erasedAt !== null) return [causeOf('erased', erasedAt, {}, { kind: 'ask_for_address', id: null })];
  if (customerSince === null) return [...merged(facts), noCustomer(facts, person), ...locked(lock, contactId)];
  const causes = [...merged(facts), ...customerCauses(facts, person)];
  return causes.length > 0 ? causes : [fine(person)];
}

/** What keeps a customer out. */
function customerCauses({ lock, now }: LoginFacts, person: PersonFacts): LoginCause[] {
  const out = locked(lock, person.contactId);
  return [
    ...(person.hasPassword ? out : []),
    ...mailTrouble(person),
    ...noWelcome(person),
    ...noPassword(person),
    ...(person.hasPassword ? [] : out),
    ...spentLink(now, person),
    ...person.closed.map(blocked),
  ];
}

/** Emails go to the address of the contact that stays. */
const merged = ({ merged: found }: LoginFacts): LoginCause[] =>
  found === null
    ? []
    : [causeOf('merged', found.at, { nearMatches: [found.into] }, aboutContact('correct_address', found.into))];

const aboutContact = (kind: NextStepKind, { contactId }: { contactId: string }): NextStep => ({ kind, id: contactId });

/** Whoever nearly has the address may have it wrong in our books. */
function unknown({ nearMatches }: LoginFacts): LoginCause {
  const [near] = nearMatches;
  const step = near ? aboutContact('correct_address', near) : { kind: 'ask_for_address' as const, id: null };
  return causeOf('no_such_contact', null, { nearMatches }, step);
}

/** Login emails go to customers only: what they bought may be another contact's. */
function noCustomer({ nearMatches }: LoginFacts, person: PersonFacts): LoginCause {
  const bought = nearMatches.find(({ isCustomer }) => isCustomer);
  const step = bought ? aboutContact('correct_address', bought) : aboutContact('grant_offer', person);
  return causeOf('not_customer', person.createdAt, { nearMatches }, step);
}

function locked(lock: LoginFacts['lock'], contactId: string | null): LoginCause[] {
  if (lock === null) return [];
  const step = { kind: contactId === null ? ('wait' as const) : ('unlock' as const), id: contactId };
  return [causeOf('locked_out', lock.since, { until: lock.until }, step)];
}

/** Whether they have logged in since: then it is not what keeps them out. */
const isOver = (at: Instant, { lastLoginAt }: PersonFacts): boolean => lastLoginAt !== null && lastLoginAt > at;

/** What did not arrive, the latest first; an email that arrived later settles it. */
function mailTrouble(person: PersonFacts): LoginCause[] {
  const { emails, suppressedSince } = person;
  const arrived = emails.find(({ state }) => state === 'delivered')?.dueAt ?? null;
  const open = emails.filter(({ dueAt }) => !isOver(dueAt, person) && (arrived === null || dueAt >= arrived));
  const causes = open.flatMap((email) => troubleOf(email, person) ?? []);
  const isSaid = causes.some(({ nextStep }) => nextStep.kind === 'lift_suppression');
  if (suppressedSince === null || isSaid) return causes;
  const lift = aboutContact('lift_suppression', person);
  return [...causes, causeOf('email_suppressed', suppressedSince, {}, lift)];
}

function troubleOf(email: LoginEmail, person: PersonFacts): LoginCause | null {
  const { emailId, sentAt, reason: providerText, dueAt, delayedAt, link: linkKind } = email;
  const is = (code: LoginCauseCode, kind: NextStepKind, id: string | null = person.contactId) =>
    causeOf(code, delayedAt ?? sentAt ?? dueAt, { emailId, sentAt, providerText, linkKind }, { kind, id });
  const again = linkKind === 'set_password' ? 'send_welcome_again' : 'send_email_again';
  switch (email.state) {
    case 'queued':
      return is('email_queued', 'wait', null);
    case 'sent':
      return delayedAt === null ? null : is('email_delayed', 'wait', null);
    case 'delivered':
      return null;
    case 'bounced':
      return person.suppressedSince === null
        ? is('email_bounced', again, emailId)
        : is('email_bounced', 'correct_address');
    case 'complained':
      return is('email_complained', 'lift_suppression');
    case 'suppressed':
      return is('email_suppressed', 'lift_suppression');
    case 'failed':
    case 'unknown':
      return is('email_failed', again, emailId);
  }
}

/** Who bought gets a confirmation, and no email with a login [R13.1]. */
function noWelcome(person: PersonFacts): LoginCause[] {
  const { first, lastLoginAt, hasPassword } = person;
  if (first === null || lastLoginAt !== null || hasPassword) return [];
  const { purchaseId, offerName, emailId, offBy: switchedOffBy, startedAt } = first;
  const sentAt = person.emails.find((email) => email.emailId === emailId)?.sentAt ?? null;
  const evidence = { purchaseId, offerName, emailId, sentAt, switchedOffBy };
  if (first.origin === 'bought')
    return [causeOf('bought_not_granted', startedAt, evidence, aboutContact('send_login_link', person))];
  if (emailId !== null) return [];
  return [causeOf('welcome_off', startedAt, evidence, switchOn(person, first))];
}

function switchOn(person: PersonFacts, { offBy, offerId }: NonNullable<PersonFacts['first']>): NextStep {
  if (offBy === 'account') return { kind: 'switch_email_on', id: null };
  return offBy === 'offer' ? { kind: 'switch_email_on', id: offerId } : aboutContact('send_login_link', person);
}

/** They had none, or it was dropped since nobody had proved the address [R14.1]. */
function noPassword(person: PersonFacts): LoginCause[] {
  const { hasPassword, passwordDroppedAt, customerSince, lastLoginAt } = person;
  if (hasPassword) return [];
  if (passwordDroppedAt !== null) {
    const step = aboutContact('send_login_link', person);
    return [causeOf('password_dropped', passwordDroppedAt, { lastLoginAt }, step)];
  }
  const email = welcomeOf(person);
  const link = person.links.find(({ kind }) => kind === 'set_password');
  const { emailId = null, sentAt = null } = email ?? {};
  const evidence = { emailId, sentAt, linkExpiresAt: link?.expiresAt ?? null, lastLoginAt };
  return [causeOf('never_set_password', customerSince, evidence, anotherLink(person))];
}

const welcomeOf = ({ emails }: PersonFacts): LoginEmail | undefined =>
  emails.find(({ link }) => link === 'set_password');

/** States from which an email is sent once more. */
const AGAIN: readonly LoginEmail['state'][] = ['sent', 'delivered', 'bounced', 'failed', 'unknown'];

/** The welcome once more for whoever still has to set a password by it; else a login link. */
function anotherLink(person: PersonFacts): NextStep {
  const email = welcomeOf(person);
  if (email && !person.hasPassword && AGAIN.includes(email.state))
    return { kind: 'send_welcome_again', id: email.emailId };
  return aboutContact('send_login_link', person);
}

/** The link that they try, or else the newest that they have. */
function spentLink(now: Instant, person: PersonFacts): LoginCause[] {
  const { links, hasPassword } = person;
  const tried = links.filter((link) => isStillTried(link, person));
  const link = tried.toSorted(byLastTry)[0] ?? links.find(({ createdAt }) => !isOver(createdAt, person));
  if (link === undefined) return [];
  const { kind, emailId, createdAt, expiresAt, usedAt, openedAt, refusedAt } = link;
  const sent = { emailId, linkKind: kind, sentAt: createdAt, linkExpiresAt: expiresAt, linkRefusedAt: refusedAt };
  const isOpened = usedAt !== null && (refusedAt !== null || (openedAt !== null && !hasPassword));
  const spent = { ...sent, linkOpenedAt: openedAt ?? usedAt };
  if (isOpened) return [causeOf('link_opened', openedAt ?? usedAt, spent, anotherLink(person))];
  if (usedAt !== null || expiresAt > now) return [];
  return [causeOf('link_expired', expiresAt, sent, anotherLink(person))];
}

/** They have got in by no other link since. */
function isStillTried(link: LoginLink, person: PersonFacts): boolean {
  const { refusedAt } = link;
  if (refusedAt === null || isOver(refusedAt, person)) return false;
  return !person.links.some((other) => other !== link && other.openedAt !== null && other.openedAt >= refusedAt);
}

const byLastTry = (a: LoginLink, b: LoginLink): number => ((a.refusedAt ?? '') < (b.refusedAt ?? '') ? 1 : -1);

/** What lifts each block. */
const LIFTED_BY: Record<BlockSource, NextStepKind> = {
  not_started: 'wait',
  revoked: 'restore_access',
  suspended_by_pause: 'resume',
  suspended_by_overdue: 'retry_payment',
  expired: 'extend_access',
  ended: 'grant_offer',
};

/** They get in, and find it closed [R5.6]. */
function blocked({ purchaseId, offerName, productId, productName, opensAt, blocks }: ClosedProduct): LoginCause {
  const evidence = { purchaseId, offerName, productId, productName, until: opensAt, blocks };
  const kind = LIFTED_BY[blocks[0]?.source ?? 'ended'];
  return causeOf('access_blocked', blocks[0]?.since ?? null, evidence, { kind, id: purchaseId });
}

const fine = (person: PersonFacts): LoginCause =>
  causeOf(
    'login_fine',
    person.lastLoginAt,
    { lastLoginAt: person.lastLoginAt },
    aboutContact('send_login_link', person),
  );
