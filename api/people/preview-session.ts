import { z } from 'zod';
import { tell } from '../../db/platform/audit-log.ts';
import { keepPreview, previewToken, readPreview, sessionOfPreview } from '../../db/people/previews.ts';
import type { SecretKey } from '../../db/signature.ts';
import { PEOPLE } from '../auth/roles.ts';
import { id, idParams, instant } from '../http/fields.ts';
import { Problem } from '../http/problem.ts';
import { definePublicRoute, defineRoute } from '../http/route.ts';
import { siteUrl } from '../platform/site-url.ts';
import { sessionSchema } from './customer-schema.ts';
import { lockedContact } from './the-contact.ts';

type Deps = { publicUrl: string; secretKey: SecretKey };

const isOver = (): Problem =>
  new Problem(422, 'token_invalid', { detail: 'This preview has ended; begin it anew.', field: 'token' });

const begun = z
  .strictObject({
    id,
    url: z.string().describe('Opens their pages; whoever has it sees them until it ends.'),
    token: z.string().describe("A session of the customer's, for the routes under /v1/me."),
    contactId: id,
    isReadOnly: z.boolean().describe('Of a real customer nothing can be changed: 403 `preview_read_only`.'),
    expiresAt: instant.describe('By real time.'),
  })
  .meta({ id: 'PreviewSession' });

const begin = defineRoute({
  method: 'post',
  path: '/v1/contacts/{contactId}/preview-session',
  tag: 'Contacts',
  operationId: 'previewAsContact',
  audit: { kind: 'contact.previewed' },
  summary: 'See the pages of a customer as that customer, for 15 minutes',
  description:
    'That somebody looked, who and when, is kept in the timeline of the person. It counts neither as a login nor as activity.',
  roles: PEOPLE,
  params: idParams('contactId'),
  answers: { 201: begun },
  problems: [409],
  isSecret: true,
  async handle(call, { publicUrl, secretKey }: Deps) {
    const contact = await lockedContact(call);
    const preview = await keepPreview(call.em, contact, { actor: call.caller.actor, now: call.now });
    const { token, expiresAt } = await sessionOfPreview(call.em, preview);
    const url = `${siteUrl(publicUrl, call.account)}/preview/${previewToken(preview.id, secretKey[0])}`;
    const body = { id: preview.id, url, token, contactId: contact.id, isReadOnly: !contact.isTest, expiresAt };
    return { status: 201, body };
  },
});

const open = definePublicRoute({
  method: 'post',
  path: '/v1/preview-sessions',
  tag: 'Login',
  operationId: 'openPreview',
  audit: { left: ['contact.preview_opened'] },
  summary: 'Open the pages of a customer by the link of a preview',
  body: z.strictObject({ token: z.string().min(1).max(200) }),
  example: { token: '0199b6a2-1f4e-7c3a-9d21-5c1f0e8a7b60.sig' },
  answers: { 200: sessionSchema },
  isSecret: true,
  perMinute: 20,
  async handle({ unscoped, body }, { publicUrl, secretKey }: Deps) {
    const found = await readPreview(unscoped, body.token, secretKey);
    if (!found) throw isOver();
    const { preview, account } = found;
    const { accountId, contactId } = preview;
    const session = await sessionOfPreview(unscoped, preview);
    const { actor } = preview;
    await tell(unscoped, { kind: 'contact.preview_opened', accountId, subjectId: contactId, actor });
    return { status: 200, body: { ...session, contactId, accountId, siteUrl: siteUrl(publicUrl, account) } };
  },
});

export const previewSessionRoutes = { preview: begin };
export const openPreviewRoutes = { open };
