import { z } from 'zod';
import { EVERYBODY } from '../auth/roles.ts';
import { id, instant } from '../http/fields.ts';
import { defineRoute } from '../http/route.ts';

const accountSchema = z
  .strictObject({
    id,
    name: z.string(),
    mode: z.enum(['live', 'test']),
    timeZone: z.string(),
    supportEmail: z.string(),
    now: instant.describe("The account's own time: a test account lives by its clock."),
    createdAt: instant,
  })
  .meta({ id: 'Account' });

export const ownAccount = defineRoute({
  method: 'get',
  path: '/v1/account',
  tag: 'Account',
  operationId: 'getAccount',
  summary: 'Read the account that the key belongs to',
  roles: EVERYBODY,
  answers: { 200: accountSchema },
  async handle({ account: { id: accountId, name, mode, timeZone, supportEmail, createdAt }, now }) {
    return { status: 200, body: { id: accountId, name, mode, timeZone, supportEmail, now, createdAt } };
  },
});
