import { Problem } from './problem.ts';

/** How much one JSON text may hold: values in all, and one inside another. */
export type Bounds = { values: number; depth: number };

/** More than any of our requests needs; what comes later walks, copies and judges each value. */
export const REQUEST_BOUNDS: Bounds = { values: 2_000, depth: 16 };

/** What a provider tells of one of its objects; ten times what its largest ones have. */
export const WEBHOOK_BOUNDS: Bounds = { values: 20_000, depth: 64 };

/**
 * Refuses JSON that holds too much [R24.5], told from its brackets and commas before anything is
 * made of it. @throws Problem 400
 */
export function checkModest(json: Uint8Array, most: Bounds): void {
  let [values, depth, isText] = [1, 0, false];
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (byte === QUOTE) isText = !isText;
    else if (isText) at += byte === BACKSLASH ? 1 : 0;
    else if (byte === COMMA) values += 1;
    else if (byte === LIST || byte === OBJECT) [values, depth] = [values + 1, depth + 1];
    else if (byte === LIST_END || byte === OBJECT_END) depth -= 1;
    if (values > most.values) throw tooMuch(`more than ${most.values} values`);
    if (depth > most.depth) throw tooMuch(`values nested deeper than ${most.depth}`);
  }
}

const [QUOTE, BACKSLASH, COMMA, LIST, LIST_END, OBJECT, OBJECT_END] = Buffer.from('"\\,[]{}');

const tooMuch = (what: string): Problem => new Problem(400, 'malformed_body', { detail: `The body holds ${what}.` });
