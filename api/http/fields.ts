import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { parseInstant } from '../../workflows/domain/instant.ts';

const ZONED = 'must be an instant with a zone, such as 2027-01-31T09:00:00Z';
/** Later than anybody's subscription; keeps sums of instants within four-digit years. */
const LATEST = '3000-01-01T00:00:00.000Z';

/** An instant as people give it: any zone, but one; read as UTC with milliseconds [R1.1]. */
export const givenInstant = z
  .string(ZONED)
  .meta({ format: 'date-time', examples: ['2027-01-31T09:00:00Z'] })
  .transform((text, context) => {
    const at = parseInstant(text);
    if (at !== null && at < LATEST) return at;
    context.addIssue({ code: 'custom', message: at === null ? ZONED : `must lie before ${LATEST}` });
    return z.NEVER;
  });

/** An instant as we answer it. */
export const instant = z.string().meta({ format: 'date-time', examples: ['2027-01-31T09:00:00.000Z'] });

export const id = z.uuid('must be an id').meta({ examples: ['018f2f6e-7d3a-7c4e-9d5b-1f2a3b4c5d6e'] });

/** Ids are compared as Postgres writes them. */
export const givenId = z.uuid('must be an id').overwrite((text) => text.toLowerCase());

export const idParams = <Name extends string>(name: Name) =>
  z.object({ [name]: givenId } as Record<Name, typeof givenId>);

const text = (max: number) =>
  z.string().trim().min(1, 'must not be empty').max(max, `must have at most ${max} characters`);

export const name = text(200).meta({ examples: ['Drawing for beginners'] });
/** Why a customer cancels, as their site lists it. */
export const reasonText = text(100);

/** Forms end their lines in two characters. */
export const freeText = text(2000).overwrite((given) => given.replaceAll('\r\n', '\n'));

const MOST_OF_EMAIL = 254;
/** Zod's own, but for top-level domains of other scripts: `.xn--p1ai` is Russia's. */
const ADDRESS =
  /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+(?:[A-Za-z]{2,}|xn--[A-Za-z0-9-]{2,59})$/;

/**
 * Trimmed and lower-cased, its domain as mail servers know it (`xn--…`) [R3.1]. Our provider mails
 * no letters beyond ASCII before the @ (RFC 6531), so such an address is refused with that reason.
 */
export const email = z
  .string('must be an email address')
  .trim()
  .toLowerCase()
  .overwrite(withAsciiDomain)
  .max(MOST_OF_EMAIL, `must have at most ${MOST_OF_EMAIL} characters`)
  .refine((text) => /^[\0-\x7f]*$/.test(text.slice(0, text.lastIndexOf('@') + 1)), {
    error: 'must have only letters without accents before the @: other addresses cannot be mailed yet',
    abort: true,
  })
  .pipe(z.email({ pattern: ADDRESS, error: 'must be an email address' }))
  .meta({ format: 'email', examples: ['ada@example.com'] });

function withAsciiDomain(text: string): string {
  const at = text.lastIndexOf('@');
  const domain = text.slice(at + 1);
  if (at < 0 || text.length > MOST_OF_EMAIL || /^[\0-\x7f]*$/.test(domain)) return text;
  return `${text.slice(0, at)}@${domainToASCII(domain) || domain}`;
}

/** An address that browsers are led to or fetch from; we ourselves never do. */
export const httpsUrl = text(500)
  .refine(isHttps, 'must be an address that begins with https://')
  .meta({ format: 'uri', examples: ['https://example.com/terms'] });

function isHttps(address: string): boolean {
  if (!URL.canParse(address) || /\s/.test(address)) return false;
  const { protocol, username, password } = new URL(address);
  return protocol === 'https:' && username === '' && password === '';
}

export const currency = z
  .string()
  .regex(/^[a-z]{3}$/, 'must be an ISO 4217 code in lower case')
  .refine((code) => CURRENCIES.has(code), 'must be an ISO 4217 code in lower case')
  .meta({ examples: ['usd'] });

const CURRENCIES = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

export const timeZone = z
  .string()
  .max(64)
  .refine(isZone, 'must be an IANA time zone, such as Europe/Vienna')
  .meta({ examples: ['Europe/Vienna'] });

/**
 * Any zone name that `Intl` accepts, old or new; its own list has only one name per zone. An offset
 * is not a zone [R1.3].
 */
function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}

/** A page of a list: `{ data, nextCursor }`. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ data: z.array(item), nextCursor: z.string().nullable() });

/** Text in the address, but documented as a number. */
const WHOLE = { type: 'integer', pattern: undefined } as const;

/** A whole number from 1 on, in an address. */
export const upTo = (maximum: number, description: string) =>
  z
    .string()
    .regex(/^(0|[1-9]\d{0,8})$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(1).max(maximum))
    .meta({ ...WHOLE, minimum: 1, maximum, description });

export const pageQuery = {
  limit: upTo(200, 'How many at most.').default(50),
  cursor: z.string().min(1).max(500).optional().describe('`nextCursor` of the page before.'),
};

/** What people type into a search field. */
export const part = text(200);
export const SHORT_PART =
  'In any order, without accents and signs if one likes; one or two letters are looked for where a word begins.';

/** true or false in an address. */
export const truth = z.enum(['true', 'false']).transform((given) => given === 'true');

/** Lists leave them out, unless they are asked for [R16.2]. */
export const includeTest = truth.optional().describe('With test customers, who are left out otherwise.');

/** A condition that an address asks for or not. */
export const onlyTrue = z.literal('true').transform(() => true as const);
