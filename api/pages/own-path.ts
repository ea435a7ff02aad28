/** A place on our own pages that somebody wants to go on to; anything else becomes the start. */
export function ownPath(text: string | undefined, otherwise = '/'): string {
  if (!text?.startsWith('/') || !URL.canParse(text, HERE)) return otherwise;
  const { origin, pathname, search } = new URL(text, HERE);
  // Dots are resolved by now: `/.//elsewhere` has become `//elsewhere`, which a browser takes for
  // another site.
  return origin === HERE && !pathname.startsWith('//') ? pathname + search : otherwise;
}

const HERE = 'http://perennial.invalid';
