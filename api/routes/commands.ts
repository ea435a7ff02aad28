import { findCommand } from '../../db/queries/commands.ts';
import { notFound } from '../http/problem.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { commandSchema } from '../schemas/command.ts';
import { idParams } from '../schemas/fields.ts';
import { toApiCommand } from '../views/command.ts';
import { MONEY_READERS } from './roles.ts';

const read = defineRoute({
  method: 'get',
  path: '/v1/commands/{commandId}',
  tag: 'Verbs',
  summary: 'Follow something that was asked: pending, applied, refused or failed',
  roles: MONEY_READERS,
  params: idParams('commandId'),
  answers: { 200: commandSchema },
  async handle({ em, account, params, requestId }) {
    const found = await findCommand(em, account.id, params.commandId);
    if (!found) throw notFound('command');
    return { status: 200, body: toApiCommand(found, requestId) };
  },
});

export const commandRoutes: Route[] = [read];
