import type { Request } from 'express';
import { Problem } from '../http/problem.ts';

/**
 * Refuses a form that was not sent from one of our own pages (cross-site request forgery). Every
 * browser names the origin of a form; a missing one counts as foreign. @throws Problem 403
 */
export function checkOrigin(request: Request, publicUrl: string): void {
  const origin = request.get('origin');
  const own = [new URL(publicUrl).origin, `${request.protocol}://${request.get('host') ?? ''}`];
  if (origin !== undefined && own.includes(origin)) return;
  throw new Problem(403, 'forbidden', {
    detail: 'This form was sent from another site, so nothing was done. Open the page here and send it again.',
  });
}
