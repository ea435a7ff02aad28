import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { Form } from '../../db/entities/form.ts';
import { recordOwn } from '../../db/people/activity.ts';
import { mayMailLink } from '../../db/people/login-links.ts';
import { submitForm } from '../../db/people/submit-form.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { idParams } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { defineCustomerRoute } from '../http/route.ts';
import { checkRate, mayTake } from './public-forms.ts';

/** What is counted stays counted, whatever becomes of the request. */
const submit = defineCustomerRoute({
  method: 'post',
  path: '/v1/me/forms/{formId}/submissions',
  tag: 'Customer',
  operationId: 'submitMyForm',
  audit: { none: 'Kept as a consent, with its wording.' },
  summary: 'Send a form with their own address; it counts as activity',
  params: idParams('formId'),
  answers: { 202: z.strictObject({}) },
  perMinute: 60,
  async handle({ em, contact, params: { formId }, now, afterCommit }, { wakes }: { wakes: Pick<Wakes, 'startMail'> }) {
    const form = await em.findOne(Form, { id: formId, deletedAt: null });
    if (!form) throw notFound('form');
    const own = em.fork({ keepTransactionContext: false });
    await checkRate(own, formId);
    const { email, name } = contact;
    if (!(await mayTake(own, formId, email))) return { status: 202, body: {} };
    const mayMail = await mayMailLink(own, email);
    const emailId = await submitForm(em, { form, email, name, mayMail, now, realNow: fromMs(Date.now()) });
    if (emailId !== null) afterCommit(() => wakes.startMail(emailId));
    await recordOwn(em, contact, 'opted_in', now);
    return { status: 202, body: {} };
  },
});

export const myFormRoutes = { submit };
