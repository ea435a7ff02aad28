import { z } from 'zod';
import { OPT_INS } from '../../workflows/domain/marketing.ts';
import { email, freeText, id, instant, name, reasonText } from '../http/fields.ts';
import { personName } from './contact-schema.ts';
import { siteSchema } from './customer-schema.ts';
import { language } from '../platform/site-settings.ts';

const optIn = z
  .enum(OPT_INS)
  .describe(
    '`single` subscribes at once, `double` by a link that is mailed. Whoever has unsubscribed confirms by the link in any case.',
  );

const words = {
  heading: name.describe('Stands above the form.'),
  wording: freeText.describe('What people agree to by sending it; kept with each consent.'),
  button: reasonText.describe('The word of its button.'),
};

const formName = name.describe('For your own people.');

export const newForm = z.strictObject({
  name: formName,
  optIn,
  heading: words.heading.optional(),
  wording: words.wording.optional(),
  button: words.button.optional(),
});

export const formChange = z.strictObject({ name: formName, optIn, ...words }).partial();

export const formSchema = z
  .strictObject({
    id,
    name: z.string(),
    optIn,
    heading: z.string(),
    wording: z.string(),
    button: z.string(),
    url: z.string().describe('Its page on the site. A form of another page may send to this address, too.'),
    submissions: z.int().describe('How often it was sent.'),
    createdAt: instant,
  })
  .meta({ id: 'Form' });

export const publicFormSchema = z
  .strictObject({
    id,
    optIn,
    heading: z.string(),
    wording: z.string(),
    button: z.string(),
    site: siteSchema,
  })
  .meta({ id: 'PublicForm' });

export const submissionSchema = z.strictObject({
  email,
  name: personName.optional(),
  language: language.optional().describe('In which emails are written to whoever is no customer yet and has none.'),
  website: z
    .string()
    .max(500)
    .optional()
    .describe('People do not see it and leave it empty. What a program has filled in is taken, and does nothing.'),
});

export const subscribedSchema = z
  .strictObject({ site: siteSchema, email: z.string() })
  .meta({ id: 'ConfirmedSubscription' });
