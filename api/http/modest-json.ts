import { Problem } from './problem.ts';

/** How much one JSON text may hold: the number of values, and the depth. */
export type Bounds = { values: number; depth: number };

/**
 * A thousand activities have seven values each, and nothing that we take has more. Later code
 * walks, copies and checks each value.
 */
export const REQUEST_BOUNDS: Bounds = { values: 8_000, depth: 16 };

/** For a provider's objects: ten times what the largest ones have. */
export const WEBHOOK_BOUNDS: Bounds = { values: 20_000, depth: 64 };

/**
 * Refuses JSON that holds too much [R24.5]. It only counts brackets and commas, before anything is
 * parsed. @throws Problem 400
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
