import type { Route, Served } from './route.ts';

/**
 * The answer with the address of what was made, or is on its way; repeats of an answer have it as
 * well.
 */
export function located(route: Route, params: Record<string, string>, served: Served): Served {
  const { status, body, headers } = served;
  if (route.location === undefined || (status !== 201 && status !== 202)) return served;
  const values = { ...params, ...(body as Record<string, unknown>) };
  const location = route.location.replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(values[name]));
  return { ...served, headers: { ...headers, Location: location } };
}
