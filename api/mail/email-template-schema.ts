import { z } from 'zod';
import { EMAIL_KINDS } from '../../emails/catalogue.ts';
import { tidied } from '../../emails/own-words.ts';
import { givenId, id, instant } from '../http/fields.ts';
import { language } from '../platform/site-settings.ts';
import { actorSchema } from '../purchase/purchase-schema.ts';

/** Plain text in one line, with variables in it. */
const line = (max: number) =>
  z
    .string()
    .max(max, `must have at most ${max} characters`)
    .transform((given) => tidied(given.replaceAll(/\s+/g, ' ').trim()))
    .refine((words) => words !== '', 'must not be empty');

const MOST_PARAGRAPHS = 40;
/** Mail programs cut off what is larger than 102 kB. */
const MOST_CHARACTERS = 20_000;

/** An email's words as people give them. */
export const givenWords = {
  subject: line(200),
  preview: line(200).describe('What an inbox shows beside the subject.'),
  heading: line(200),
  body: z
    .array(line(4_000))
    .min(1, 'must have a paragraph')
    .max(MOST_PARAGRAPHS, `must have at most ${MOST_PARAGRAPHS} paragraphs`)
    .refine((body) => body.join('').length <= MOST_CHARACTERS, `must have at most ${MOST_CHARACTERS} characters in all`)
    .describe('Paragraphs; `{{facts}}` and `{{action}}` stand for the table of facts and the button.'),
  button: line(100).nullable().default(null).describe('What the button says; null where the email has none.'),
};

const words = z
  .strictObject({
    subject: z.string(),
    preview: z.string(),
    heading: z.string(),
    body: z.array(z.string()),
    button: z.string().nullable(),
  })
  .meta({ id: 'EmailWords', description: 'Plain text in which `{{variable}}` stands for a variable.' });

export const kindParams = z.strictObject({ kind: z.enum(EMAIL_KINDS) });

/** Of which language the words are. */
export const inLanguage = { language: language.optional().describe("Absent: the account's.") };

const listed = {
  kind: z.enum(EMAIL_KINDS),
  name: z.string(),
  cause: z.string().describe('When it is sent.'),
  recipient: z.enum(['contact', 'admins', 'admin', 'operators', 'expert']),
  isOn: z.boolean(),
  mayBeOff: z.boolean(),
  version: z.int().describe('That which holds in the language; 0: nobody has changed it.'),
  isOwn: z.boolean().describe('Whether it has words of the account’s own.'),
};
export const listedTemplate = z.strictObject(listed).meta({ id: 'ListedEmailTemplate' });

export const templateSchema = z
  .strictObject({
    ...listed,
    language: language.describe('Of what follows.'),
    words,
    defaultWords: words,
    variables: z.array(z.strictObject({ name: z.string(), example: z.string() })),
    faults: z
      .array(z.strictObject({ field: z.string(), message: z.string() }))
      .describe('Why its own words are not used any more, such as a variable that has gone; the default is sent.'),
  })
  .meta({ id: 'EmailTemplate' });
export type Template = z.output<typeof templateSchema>;

/** Of what a preview or a test is written. */
export const givenRecord = {
  emailId: givenId
    .nullable()
    .default(null)
    .describe('An email of this kind, whose facts are taken; null: examples are.'),
};

export const renderedSchema = z
  .strictObject({ subject: z.string(), html: z.string(), text: z.string() })
  .meta({ id: 'EmailPreview' });

export const versionSchema = z
  .strictObject({
    id,
    version: z.int(),
    words: words.nullable().describe('null: the default, from here on.'),
    createdAt: instant,
    by: actorSchema,
  })
  .meta({ id: 'EmailTemplateVersion' });
export type Version = z.output<typeof versionSchema>;
