import { z } from 'zod';
import { activityToken, readActivityToken } from '../../db/people/activity-token.ts';
import { nowOf } from '../../db/clock/account-clock.ts';
import { enterByMailedContact } from '../../db/platform/enter.ts';
import type { SecretKey } from '../../db/signature.ts';
import { fromMs, MINUTE_MS, toMs } from '../../workflows/domain/instant.ts';
import { PEOPLE } from '../auth/roles.ts';
import { idParams } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { definePublicRoute, defineRoute } from '../http/route.ts';
import { activitiesOfBrowser, activitiesTaken, activityTokenSchema, MOST_OF_BROWSER } from './activity-schema.ts';
import { takeIn } from './take-activity.ts';
import { theContact } from './the-contact.ts';

/** As long as somebody sits in front of a page; your server asks for another with the next. */
const LASTS_MS = 24 * 60 * MINUTE_MS;

/** Where the script is; it changes with our releases, so browsers keep it for an hour. */
export const ACTIVITY_SCRIPT = '/activity.js';

const issue = defineRoute({
  method: 'post',
  path: '/v1/contacts/{contactId}/activity-token',
  tag: 'Activity',
  operationId: 'createActivityToken',
  audit: { none: 'The product asks for one at each visit.' },
  summary: 'Let the pages of your product report what one person does there, for a day',
  roles: PEOPLE,
  params: idParams('contactId'),
  answers: { 201: activityTokenSchema },
  isSecret: true,
  async handle(call, { publicUrl, secretKey }: { publicUrl: string; secretKey: SecretKey }) {
    const { id } = await theContact(call);
    const expiresAt = fromMs(Date.now() + LASTS_MS);
    const token = activityToken(id, expiresAt, secretKey[0]);
    const script = `<script src="${publicUrl}${ACTIVITY_SCRIPT}" data-token="${token}" defer></script>`;
    return { status: 201, body: { token, expiresAt, script } };
  },
});

const report = definePublicRoute({
  method: 'post',
  path: '/v1/public/activity/{activityToken}',
  tag: 'Public',
  operationId: 'reportActivityFromBrowser',
  audit: { none: 'Said by the product about its people.' },
  summary: 'Report what one person does, from a page of your product',
  description: `Up to ${MOST_OF_BROWSER} at once. Taken from any site, as \`text/plain\` too, which browsers send without asking first.`,
  params: z.object({ activityToken: z.string().max(200) }),
  body: activitiesOfBrowser,
  example: { data: [{ id: 'a1', kind: 'commented' }] },
  answers: { 200: activitiesTaken },
  isFromAnySite: true,
  perMinute: 120,
  async handle({ unscoped, params, body }, { secretKey }: { secretKey: SecretKey }) {
    const contactId = readActivityToken(params.activityToken, secretKey, fromMs(Date.now()));
    const entered = contactId === null ? null : await enterByMailedContact(unscoped, contactId);
    if (!entered) throw notFound('address');
    const { account, contact, em } = entered;
    const now = nowOf(account);
    const keyOf = (id: string): string => `${contact.id}:${id}`;
    // Under keys of this person's own: nobody takes away what a server is going to report.
    const data = body.data.map(({ id, agoMs, ...done }) => {
      return { ...done, id: keyOf(id), contactId: contact.id, at: fromMs(toMs(now) - agoMs) };
    });
    const taken = await takeIn(em, account.id, { data, now });
    const refused = taken.refused.map((one) => ({ ...one, id: one.id.slice(keyOf('').length) }));
    return { status: 200, body: { ...taken, refused } };
  },
});

export const browserActivityRoutes = { issue, report };
