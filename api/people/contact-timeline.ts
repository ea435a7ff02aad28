import { z } from 'zod';
import { CONTACT_EVENTS, contactTimeline, WHEN } from '../../db/people/contact-timeline.ts';
import { actorEmails } from '../../db/people/actor-emails.ts';
import { MONEY_READERS } from '../auth/roles.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { id, idParams, instant, pageOf, pageQuery } from '../http/fields.ts';
import { defineRoute } from '../http/route.ts';
import { actorSchema } from '../purchase/purchase-schema.ts';
import { toApiActor } from '../purchase/purchase-view.ts';
import { theContact } from './the-contact.ts';

const contactEvent = z
  .strictObject({
    id,
    at: instant,
    kind: z.enum(CONTACT_EVENTS),
    what: z
      .string()
      .nullable()
      .describe(
        'The type of the entry in the timeline of a purchase; the kind of an email, consent or activity; how a checkout stands; the id of the contact that was merged into this one.',
      ),
    purchaseId: id.nullable(),
    by: actorSchema.nullable().describe('null: nobody in particular, or it is not kept.'),
  })
  .meta({ id: 'ContactEvent' });
export type ApiContactEvent = z.output<typeof contactEvent>;

const list = defineRoute({
  method: 'get',
  path: '/v1/contacts/{contactId}/timeline',
  tag: 'Contacts',
  operationId: 'listContactTimeline',
  summary: 'List what has happened to a person, over all that they bought, the newest first',
  roles: MONEY_READERS,
  params: idParams('contactId'),
  query: z.strictObject(pageQuery),
  answers: { 200: pageOf(contactEvent) },
  async handle(call) {
    const { em, query } = call;
    const { id: contactId } = await theContact(call);
    const page = await contactTimeline(em, contactId, readPage(query, { by: WHEN }));
    const emails = await actorEmails(
      em,
      page.rows.flatMap(({ actor }) => actor ?? []),
    );
    const toApi = ({ actor, ...event }: (typeof page.rows)[number]) => ({
      ...event,
      by: actor && toApiActor(actor, emails),
    });
    return { status: 200, body: toApiPage(page, toApi) };
  },
});

export const contactTimelineRoutes = { list };
