import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import {
  countLoginTries,
  forgetLoginTries,
  MOST_OF_ONE,
  trySubject,
  type LoginTry,
} from '../../db/people/login-tries.ts';
import { Problem } from '../http/problem.ts';
import { networkOf } from './network-of.ts';
import { isPassword } from './passwords.ts';
import { tellRefused } from './tell-refused.ts';

/** How many wrong passwords in a row are allowed from one network. */
export const MOST_FROM_ONE_NETWORK = 30;

type Person = { id: string; accountId: string | null; passwordHash: string | null };

export type Tried<P extends Person> = {
  kind: 'admin' | 'contact';
  /** Everybody who has the address; those that are locked are left out. */
  people: P[];
  email: string;
  password: string;
  ip: string;
};

/**
 * Everybody with this address and password; one person may belong to several accounts [R14.3]. An
 * unknown address is treated like a wrong password. @throws Problem 401 if there is nobody, 429
 * while one has to wait
 */
export async function tryPassword<P extends Person>(em: EntityManager, tried: Tried<P>): Promise<P[]> {
  const { kind, people, email, password, ip } = tried;
  const from = trySubject('ip', networkOf(ip));
  checkLock(await countLoginTries(em, [from], MOST_FROM_ONE_NETWORK));
  const subjectOf = ({ id }: P): string => trySubject(kind, id);
  const subjects = people.length > 0 ? people.map(subjectOf) : [trySubject('nobody', `${kind}:${email}`)];
  const free = checkLock(await countLoginTries(em, subjects, MOST_OF_ONE));
  await pause(slowDownMs(Math.max(...free.map(({ tries }) => tries))));
  const fitting = await fittingOf(
    people.filter((person) => free.some(({ subject }) => subject === subjectOf(person))),
    password,
  );
  if (fitting.length === 0) {
    const isLocked = free.some(({ tries }) => tries >= MOST_OF_ONE);
    await em.transactional((tx) => tellRefused(tx, kind, people, { by: 'password', ...(isLocked && { isLocked }) }));
    throw new Problem(401, 'wrong_credentials', { detail: 'Email and password do not fit together.' });
  }
  await forgetLoginTries(em, fitting.map(subjectOf), from);
  return fitting;
}

/** All are tried, so that timing does not reveal which one it was. */
async function fittingOf<P extends Person>(people: P[], password: string): Promise<P[]> {
  const fitting: P[] = [];
  if (people.length === 0) await isPassword(null, password);
  for (const person of people) if (await isPassword(person.passwordHash, password)) fitting.push(person);
  return fitting;
}

/** The attempts that are allowed now. @throws Problem 429 if none is */
export function checkLock(tries: LoginTry[]): LoginTry[] {
  const free = tries.filter(({ waitSeconds }) => waitSeconds === 0);
  if (free.length > 0) return free;
  const seconds = Math.min(...tries.map(({ waitSeconds }) => waitSeconds));
  const minutes = Math.ceil(seconds / 60);
  throw new Problem(429, 'too_many_requests', {
    detail: `Too many wrong tries. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`} and try again.`,
    headers: { 'Retry-After': String(seconds) },
  });
}

/** The third attempt in a row has to wait, and each one after it twice as long. */
export const slowDownMs = (tries: number): number => (tries < 3 ? 0 : 250 * 2 ** (tries - 3));
