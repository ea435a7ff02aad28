import { z } from 'zod';
import { LIST_NAMES } from '../../db/entities/list-view.ts';
import { id, instant, name } from '../http/fields.ts';

const MOST_TEXTS = 40;

export const listName = z.enum(LIST_NAMES).describe('The list that it is a view of.');

const isShared = z.boolean().describe('Everybody in the account sees it; else the one alone who made it.');

const text = z.string().max(500, 'must have at most 500 characters');

const query = z
  .record(z.string().regex(/^[A-Za-z]{1,40}$/, 'must be a name of up to 40 letters'), text)
  .refine((texts) => Object.keys(texts).length <= MOST_TEXTS, `must have at most ${MOST_TEXTS} texts`)
  .meta({ examples: [{ billingStatus: 'past_due', sort: 'nextDue', columns: 'customer,offer,paid' }] })
  .describe('Filter, order (`sort`) and columns (`columns`, their names with commas between), as in its address.');

export const newListView = z.strictObject({ list: listName, name, isShared: isShared.default(false), query });

export const listViewChange = z.strictObject({
  name: name.optional(),
  isShared: isShared.optional(),
  query: query.optional(),
});

export const listViewSchema = z
  .strictObject({ id, list: listName, name: z.string(), isShared, query, createdAt: instant })
  .meta({ id: 'ListView', description: 'A name for what a list of the pages shows.' });
