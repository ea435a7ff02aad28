/** A place on our own pages that somebody wants to go on to; anything else becomes the start. */
export function ownPath(text: string | undefined, otherwise = '/'): string {
  if (!text?.startsWith('/')) return otherwise;
  const url = new URL(text, 'http://perennial.invalid');
  return url.origin === 'http://perennial.invalid' ? url.pathname + url.search : otherwise;
}
