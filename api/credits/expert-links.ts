import { z } from 'zod';
import { expertPageUrl, expertToken } from '../../db/credits/expert-link.ts';
import type { Account } from '../../db/entities/account.ts';
import type { Expert } from '../../db/entities/expert.ts';
import { PEOPLE } from '../auth/roles.ts';
import type { SecretKey } from '../../db/signature.ts';
import { idParams } from '../http/fields.ts';
import { defineRoute } from '../http/route.ts';
import { siteUrl } from '../platform/site-url.ts';
import { theExpert } from './experts.ts';

export type LinkDeps = { secretKey: SecretKey; publicUrl: string };

const linkSchema = z
  .strictObject({ url: z.string().describe("Opens the expert's own page, for whoever has it.") })
  .meta({ id: 'ExpertLink' });

const common = {
  tag: 'Experts',
  path: '/v1/experts/{expertId}/link',
  roles: PEOPLE,
  params: idParams('expertId'),
  answers: { 200: linkSchema },
  isSecret: true,
} as const;

const linkOf = (account: Account, { id, linkNumber }: Expert, { secretKey, publicUrl }: LinkDeps) => ({
  url: expertPageUrl(siteUrl(publicUrl, account), expertToken({ expertId: id, linkNumber }, secretKey[0])),
});

const read = defineRoute({
  ...common,
  method: 'get',
  operationId: 'getExpertLink',
  summary: "Read the link to an expert's own page: calls and time off, without a login",
  handle: async (call, deps: LinkDeps) => ({
    status: 200,
    body: linkOf(call.account, await theExpert(call), deps),
  }),
});

const renew = defineRoute({
  ...common,
  method: 'post',
  path: '/v1/experts/{expertId}/link/renew',
  operationId: 'renewExpertLink',
  audit: { kind: 'expert.link_renewed' },
  summary: "Make a new link to an expert's own page: every earlier one ends",
  async handle(call, deps: LinkDeps) {
    const expert = await theExpert(call);
    expert.linkNumber += 1;
    await call.em.flush();
    return { status: 200, body: linkOf(call.account, expert, deps) };
  },
});

export const expertLinkRoutes = { read, renew };
