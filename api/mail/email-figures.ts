import { z } from 'zod';
import { EMAIL_STATES } from '../../db/entities/email.ts';
import { emailFigures } from '../../db/mail/email-figures.ts';
import { EMAIL_KINDS, type EmailKind } from '../../emails/catalogue.ts';
import { addDays } from '../../workflows/domain/instant.ts';
import { MONEY_READERS } from '../auth/roles.ts';
import { intOfEach } from '../http/counts.ts';
import { instant, upTo } from '../http/fields.ts';
import { defineRoute } from '../http/route.ts';

const MOST_DAYS = 92;

export const emailFiguresSchema = z
  .strictObject({
    from: instant,
    until: instant,
    data: z.array(z.strictObject({ kind: z.enum(EMAIL_KINDS), ...intOfEach(EMAIL_STATES) })),
  })
  .meta({ id: 'EmailFigures', description: 'How many emails of each kind there were, by what has become of them.' });

const read = defineRoute({
  method: 'get',
  path: '/v1/email-figures',
  tag: 'Emails',
  operationId: 'getEmailFigures',
  summary: 'Count the emails of the last days by kind and by what became of them; tests are left out',
  roles: MONEY_READERS,
  query: z.strictObject({
    days: upTo(MOST_DAYS, 'Until now, by the account’s own time.').default(30),
  }),
  answers: { 200: emailFiguresSchema },
  async handle({ em, now, query: { days } }) {
    const span = { from: addDays(now, -days), until: now };
    const figures = await emailFigures(em, span);
    return { status: 200, body: { ...span, data: figures.map((one) => ({ ...one, kind: one.kind as EmailKind })) } };
  },
});

export const emailFigureRoutes = { read };
