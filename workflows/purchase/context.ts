import type { Context } from '../domain/change.ts';
import type { Instant } from '../domain/instant.ts';
import type { Command } from '../domain/pending.ts';
import type { Taken } from '../inbox/inbox.ts';
import type { VerbContext } from '../verbs/verb.ts';

/** A command is judged by the instant at which it was asked [R1.5]. */
export const contextOf = (
  { askedAt, actor }: Command,
  { settings, requirement, dependents }: Pick<Taken, 'settings' | 'requirement' | 'dependents'>,
): VerbContext => ({ now: askedAt, actor, settings, requirement, dependents });

/** What facts and dates are judged by. */
export const factContext = ({ settings, duplicateOf, requirement }: Taken, now: Instant): Context => ({
  now,
  settings,
  duplicateOf,
  requirement,
});
