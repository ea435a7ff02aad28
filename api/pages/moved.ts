import { Router, type Request, type RequestHandler } from 'express';
import { validate as isUuid } from 'uuid';
import type { Unscoped } from '../../db/account-scope.ts';
import type { Account } from '../../db/entities/account.ts';
import { enterByOffer, enterByPurchase, onlyAccount, withLoginToken } from '../../db/platform/enter.ts';
import type { ApiDeps } from '../deps.ts';
import { cookiesOf } from './cookies.ts';
import { inSite } from './page.ts';

type Finder = (em: Unscoped, request: Request, publicUrl: string) => Promise<Account | null>;

const byOffer: Finder = async (em, { params }) =>
  isId(params.offerId) ? inside(enterByOffer(em, params.offerId)) : null;

const byPurchase: Finder = async (em, { params, query }) => {
  const id = params.purchaseId ?? query.purchase;
  return isId(id) ? inside(enterByPurchase(em, id)) : null;
};

const isId = (id: unknown): id is string => typeof id === 'string' && isUuid(id);

const inside = async (entered: Promise<{ account: Account } | null>): Promise<Account | null> =>
  (await entered)?.account ?? null;

/** By the link's token; without one, by the only site that there is or that the browser knows. */
const byToken: Finder = async (em, request, publicUrl) => {
  const { token } = request.query;
  return typeof token === 'string' ? withLoginToken(em, token) : onlyAccount(em, cookiesOf(request, publicUrl).sites());
};

/** Where customers' pages were before sites had addresses, and whose site each belongs to. */
const MOVED: [path: string, find: Finder][] = [
  ['/join/:offerId', byOffer],
  ['/join/:offerId/thanks', byOffer],
  ['/billing/update-card', byPurchase],
  ['/billing/card-updated', byPurchase],
  ['/billing/confirm-payment', byPurchase],
  ['/billing/:purchaseId/cancel', byPurchase],
  ['/billing/:purchaseId/undo-cancel', byPurchase],
  ['/set-password', byToken],
  ['/login', byToken],
  ['/library', byToken],
  ['/billing', byToken],
  ['/password', byToken],
];

/** Where a site cannot be told from the address, its people log in and are led there. */
const UNTOLD: Record<string, string> = {
  '/set-password': '/login',
  '/library': '/login?next=/library',
  '/billing': '/login?next=/billing',
  '/password': '/login?next=/password',
};

/** Leads from the addresses in emails and pages of 0.1 to the same page at its site. */
export function movedRouter({ orm, publicUrl }: Pick<ApiDeps, 'orm' | 'publicUrl'>): Router {
  const router = Router({ caseSensitive: true });
  const lead =
    (find: Finder): RequestHandler =>
    async (request, response, next) => {
      const account = await find(orm.em.fork(), request, publicUrl);
      const otherwise = UNTOLD[request.path];
      if (account) return response.redirect(307, inSite(account, request.originalUrl));
      return otherwise === undefined ? next() : response.redirect(303, otherwise);
    };
  for (const [path, find] of MOVED) router.get(path, lead(find));
  return router;
}
