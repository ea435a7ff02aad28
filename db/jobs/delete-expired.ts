import type { EntityManager } from '@mikro-orm/postgresql';
import { DAY_MS, fromMs, toMs, type Instant } from '../../workflows/domain/instant.ts';

/** How long after its end each thing is kept, in days [R24.4]. */
const KEPT_DAYS = { eventBodies: 35, answers: 30, loginTokens: 7, loginTries: 1, sessions: 0, rateLimits: 0 };

/** Rows at a time, so that nobody waits for a long statement. */
const AT_ONCE = 5_000;

export type Deleted = Record<keyof typeof KEPT_DAYS, number>;

/**
 * Deletes what is no longer needed at `now`: bodies of events that are done (their ids stay, so
 * that repeats are known), kept answers of requests (their keys stay, so that nothing is done
 * twice), links that log in, and counted attempts. Safe to repeat, by any number of workers.
 */
export async function deleteExpired(em: EntityManager, now: Instant): Promise<Deleted> {
  const before = (days: number): Instant => fromMs(toMs(now) - days * DAY_MS);
  return {
    eventBodies: await inBatches(em, EVENT_BODIES, before(KEPT_DAYS.eventBodies)),
    answers: await inBatches(em, ANSWERS, before(KEPT_DAYS.answers)),
    loginTokens: await inBatches(em, LOGIN_TOKENS, before(KEPT_DAYS.loginTokens)),
    loginTries: await inBatches(em, LOGIN_TRIES, before(KEPT_DAYS.loginTries)),
    sessions: await inBatches(em, SESSIONS, before(KEPT_DAYS.sessions)),
    rateLimits: await inBatches(em, RATE_LIMITS, before(KEPT_DAYS.rateLimits)),
  };
}

async function inBatches(em: EntityManager, statement: string, before: Instant): Promise<number> {
  let deleted = 0;
  for (;;) {
    const rows = await em.execute<object[]>(statement, [before, AT_ONCE]);
    deleted += rows.length;
    if (rows.length < AT_ONCE) return deleted;
  }
}

const EVENT_BODIES = `
  delete from inbox_bodies where (inbox_id, arrived_at) in (
    select e.inbox_id, e.arrived_at from inbox_bodies e join inbox d on d.id = e.inbox_id
    where d.state not in ('open', 'unmatched') and greatest(d.done_at, d.arrived_at) < ? limit ?)
  returning 1`;

/** Without its answer a key goes on refusing: it may name a refund. */
const ANSWERS = `
  update idempotent_requests set body = null where (account_id, space, key) in (
    select account_id, space, key from idempotent_requests
    where created_at < ? and status is not null and body is not null limit ? for update skip locked)
  returning 1`;

/** By the clock of their account, which may stand behind real time. */
const LOGIN_TOKENS = `
  delete from login_tokens where token_hash in (
    select t.token_hash from login_tokens t join accounts a on a.id = t.account_id
    where t.expires_at < least(?::timestamptz, coalesce(a.clock_step, a.clock_at)) limit ?)
  returning 1`;

const LOGIN_TRIES = `
  delete from login_tries where subject in (select subject from login_tries where last_at < ? limit ?) returning 1`;

const SESSIONS = `
  delete from sessions where token_hash in (select token_hash from sessions where expires_at <= ? limit ?) returning 1`;

const RATE_LIMITS = `
  delete from rate_limits where subject in (select subject from rate_limits where window_ends_at <= ? limit ?) returning 1`;
