import { z } from 'zod';
import { CREDIT_STATES } from '../../workflows/domain/credits/balance.ts';
import { CREDIT_ENTRY_KINDS } from '../../workflows/domain/credits/ledger.ts';
import { dayOrInstant, DATES } from '../http/day-or-instant.ts';
import { givenId, id, instant, pageQuery } from '../http/fields.ts';

const figures = {
  perYear: z.int(),
  remainingThisYear: z.int().describe('Of the year that runs: what is neither used nor held.'),
  available: z.int().describe('What can be redeemed now.'),
  held: z.int().describe('What a booked call holds.'),
  nextIssueAt: instant.nullable().describe('null: none is going to be issued.'),
};

const creditId = z.string();
const kind = z.enum(CREDIT_ENTRY_KINDS);

const creditSchema = z
  .strictObject({
    id: creditId,
    issuedAt: instant,
    expiresAt: instant,
    state: z.enum(CREDIT_STATES),
    entries: z.array(
      z.strictObject({
        kind,
        at: instant,
        expiresAt: instant.nullable(),
        callId: id.nullable(),
        commandId: id.nullable(),
      }),
    ),
  })
  .meta({ id: 'Credit' });

export const listedCreditSchema = z
  .strictObject({
    id: creditId,
    purchaseId: id,
    contactId: id,
    state: z.enum(CREDIT_STATES),
    issuedAt: instant,
    expiresAt: instant,
  })
  .meta({ id: 'ListedCredit' });

export const creditQuery = z.strictObject({
  ...pageQuery,
  purchaseId: givenId.optional(),
  contactId: givenId.optional(),
  state: z.enum(CREDIT_STATES).optional(),
  expiresFrom: dayOrInstant.optional().describe(`Over at this instant or later. ${DATES}`),
  expiresBefore: dayOrInstant.optional().describe(`Over before this instant. ${DATES}`),
});

export const creditsSchema = z.strictObject({ ...figures, data: z.array(creditSchema) }).meta({ id: 'Credits' });

const figuresSchema = z.strictObject(figures).meta({ id: 'CreditFigures' });

export const creditEffectSchema = z
  .strictObject({
    before: figuresSchema.nullable(),
    after: figuresSchema.nullable(),
    entries: z.array(z.strictObject({ creditId, kind, at: instant, expiresAt: instant.nullable() })),
  })
  .meta({ id: 'CreditEffect' });
