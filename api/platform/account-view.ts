import { z } from 'zod';
import type { Account } from '../../db/entities/account.ts';
import { id, instant } from '../http/fields.ts';

export const ACCOUNT_STATES = ['active', 'suspended', 'closed'] as const;

/** An account as operators see it. */
export const accountSchema = z
  .strictObject({
    id,
    name: z.string(),
    mode: z.enum(['live', 'test']),
    state: z
      .enum(ACCOUNT_STATES)
      .describe('`suspended`: its admins are out, its customers go on. `closed`: it sells nothing any more.'),
    timeZone: z.string(),
    supportEmail: z.string(),
    createdAt: instant,
  })
  .meta({ id: 'OperatorAccount' });

export const stateOf = ({ suspendedAt, closedAt }: Account): (typeof ACCOUNT_STATES)[number] =>
  closedAt ? 'closed' : suspendedAt ? 'suspended' : 'active';

export const toApiAccount = (account: Account): z.input<typeof accountSchema> => ({
  id: account.id,
  name: account.name,
  mode: account.mode,
  state: stateOf(account),
  timeZone: account.timeZone,
  supportEmail: account.supportEmail,
  createdAt: account.createdAt,
});
