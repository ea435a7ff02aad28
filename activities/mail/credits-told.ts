import type { EmailProps, KindsWhere } from '../../emails/catalogue.ts';
import { numberOf, textOf } from './intent-data.ts';
import { customerBase, happenedAt, type Writing } from './writing.ts';

type Told = Extract<KindsWhere<{ about: 'purchase'; to: 'contact' }>, `credit${string}`>;

/** What customers are told of their call credits. */
export const CREDITS_TOLD: { [K in Told]: (writing: Writing) => EmailProps<K> } = {
  'credit-issued': (writing) => ({
    ...creditBase(writing),
    expiresAt: textOf(writing.material.data, 'expiresAt') ?? happenedAt(writing),
    available: numberOf(writing.material.data, 'available') ?? 0,
    loginUrl: writing.links.login,
  }),
  'credits-expiring': (writing) => ({
    ...creditBase(writing),
    expiresAt: textOf(writing.material.data, 'expiresAt') ?? happenedAt(writing),
    days: counted(numberOf(writing.material.data, 'days') ?? 0, 'day'),
    loginUrl: writing.links.login,
  }),
  'credits-forfeited': (writing) => ({ ...creditBase(writing), forfeitedAt: happenedAt(writing) }),
};

const creditBase = (writing: Writing) => ({
  ...customerBase(writing),
  credits: counted(numberOf(writing.material.data, 'count') ?? 0, 'call credit'),
});

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
