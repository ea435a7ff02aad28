import type { EntityManager } from '@mikro-orm/postgresql';
import { EACH_TIME, run, sql, type Sql } from '../sql.ts';
import { DAY_MS, fromMs, toMs, type Instant } from '../../workflows/domain/instant.ts';

/** How long after its end each thing is kept, in days [R24.4]. */
const KEPT_DAYS = {
  eventBodies: 35,
  bodiesOfErased: 0,
  answers: 30,
  loginTokens: 7,
  loginTries: 1,
  sessions: 0,
  halfLogins: 0,
  passkeyChallenges: 0,
  rateLimits: 0,
};

/** Rows at a time, so that nobody waits for a long statement. */
const AT_ONCE = 5_000;
const SOME = sql`limit ${sql.lit(AT_ONCE)}`;

export type Deleted = Record<keyof typeof KEPT_DAYS, number>;

/**
 * Deletes what is no longer needed at `now`: bodies of events that are done (their ids stay, so
 * that repeats are known), kept answers of requests (their keys stay, so that nothing is done
 * twice), links that log in, and counted attempts. Safe to repeat, by any number of workers.
 */
export async function deleteExpired(em: EntityManager, now: Instant): Promise<Deleted> {
  const before = (days: number): Instant => fromMs(toMs(now) - days * DAY_MS);
  return {
    eventBodies: await inBatches(em, eventBodies(before(KEPT_DAYS.eventBodies))),
    bodiesOfErased: await inBatches(em, BODIES_OF_ERASED),
    answers: await inBatches(em, answers(before(KEPT_DAYS.answers))),
    loginTokens: await inBatches(em, loginTokens(before(KEPT_DAYS.loginTokens))),
    loginTries: await inBatches(em, loginTries(before(KEPT_DAYS.loginTries))),
    sessions: await inBatches(em, sessions(before(KEPT_DAYS.sessions))),
    halfLogins: await inBatches(em, halfLogins(before(KEPT_DAYS.halfLogins))),
    passkeyChallenges: await inBatches(em, passkeyChallenges(before(KEPT_DAYS.passkeyChallenges))),
    rateLimits: await inBatches(em, rateLimits(before(KEPT_DAYS.rateLimits))),
  };
}

async function inBatches(em: EntityManager, statement: Sql): Promise<number> {
  let deleted = 0;
  for (;;) {
    const some = await run(em, statement);
    deleted += some;
    if (some < AT_ONCE) return deleted;
  }
}

const eventBodies = (before: Instant) => sql`${EACH_TIME}
  delete from inbox_bodies where (inbox_id, arrived_at) in (
    select e.inbox_id, e.arrived_at from inbox_bodies e join inbox d on d.id = e.inbox_id
    where d.state not in ('open', 'unmatched') and greatest(d.done_at, d.arrived_at) < ${before} ${SOME})`;

/** What Stripe tells of somebody after they were erased names them once more. */
const BODIES_OF_ERASED = sql`${EACH_TIME}
  delete from inbox_bodies where (inbox_id, arrived_at) in (
    select b.inbox_id, b.arrived_at from erasures e join purchases p on p.contact_id = e.contact_id
      join inbox d on d.subject_id = p.id and d.state <> 'open' join inbox_bodies b on b.inbox_id = d.id
    where e.state = 'done' ${SOME})`;

/** Without its answer a key goes on refusing: it may name a refund. */
const answers = (before: Instant) => sql`${EACH_TIME}
  update idempotent_requests set body = null where (account_id, space, key) in (
    select account_id, space, key from idempotent_requests
    where created_at < ${before} and status is not null and body is not null ${SOME} for update skip locked)`;

/** By the clock of their account, which may stand behind real time. */
const loginTokens = (before: Instant) => sql`${EACH_TIME}
  delete from login_tokens where token_hash in (
    select t.token_hash from login_tokens t join accounts a on a.id = t.account_id
    where t.expires_at < least(${before}::timestamptz, coalesce(a.clock_step, a.clock_at)) ${SOME})`;

const loginTries = (before: Instant) => sql`${EACH_TIME}
  delete from login_tries where subject in (select subject from login_tries where last_at < ${before} ${SOME})`;

const sessions = (before: Instant) => sql`${EACH_TIME}
  delete from sessions where token_hash in (select token_hash from sessions where expires_at <= ${before} ${SOME})`;

const halfLogins = (before: Instant) => sql`${EACH_TIME}
  delete from half_logins where token_hash in (select token_hash from half_logins where expires_at <= ${before} ${SOME})`;

const passkeyChallenges = (before: Instant) => sql`${EACH_TIME}
  delete from passkey_challenges where challenge in (
    select challenge from passkey_challenges where expires_at <= ${before} ${SOME})`;

const rateLimits = (before: Instant) => sql`${EACH_TIME}
  delete from rate_limits where subject in (select subject from rate_limits where window_ends_at <= ${before} ${SOME})`;
