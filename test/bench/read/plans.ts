import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiDeps } from '../../../api/deps.ts';
import type { Route } from '../../../api/http/route.ts';
import { commandRoutes } from '../../../api/inbox/commands.ts';
import { contactRoutes } from '../../../api/people/contacts.ts';
import { loginHelpRoutes } from '../../../api/people/login-help.ts';
import { emailRoutes } from '../../../api/mail/emails.ts';
import { accountTimelineRoutes } from '../../../api/purchase/account-timeline.ts';
import { offerRoutes } from '../../../api/catalog/offers.ts';
import { activityRoutes } from '../../../api/people/activity.ts';
import { usageRoutes } from '../../../api/platform/usage.ts';
import { accountPlanRoutes } from '../../../api/platform/account-plan.ts';
import { overviewRoutes } from '../../../api/platform/overview.ts';
import { metricRoutes } from '../../../api/money/metrics.ts';
import { paymentRoutes } from '../../../api/money/payments.ts';
import { auditRoutes } from '../../../api/platform/audit-log.ts';
import { productRoutes } from '../../../api/catalog/products.ts';
import { accessCheckRoutes } from '../../../api/purchase/access-checks.ts';
import { purchaseRoutes } from '../../../api/purchase/purchases.ts';
import { forecastRoutes } from '../../../api/forecast/forecasts.ts';
import { searchRoutes } from '../../../api/search/search.ts';
import { webhookRoutes } from '../../../api/inbox/webhooks.ts';
import { scopeTo } from '../../../db/account-scope.ts';
import { Account } from '../../../db/entities/account.ts';
import { poolOf, type Orm } from '../../../db/orm.ts';
import { queriesOf, type Query } from '../../ground/plans.ts';
import type { Read } from '../store/open-store.ts';
import type { Ask } from './asks.ts';

const ROUTES = [
  searchRoutes,
  contactRoutes,
  loginHelpRoutes,
  accessCheckRoutes,
  accountPlanRoutes,
  usageRoutes,
  activityRoutes,
  purchaseRoutes,
  paymentRoutes,
  metricRoutes,
  offerRoutes,
  productRoutes,
  overviewRoutes,
  accountTimelineRoutes,
  forecastRoutes,
  emailRoutes,
  commandRoutes,
  webhookRoutes,
  auditRoutes,
].flatMap((of): Route[] => Object.values(of));

const SITE = 'http://bench.test';

/**
 * Tables that grow with what people do; reading one of them from end to end is what no list may do.
 */
const BIG =
  /Seq Scan on (contacts|purchases|purchase_products|payments|refunds|timeline|inbox|emails|audit_log|activities|progress|contact_\w+)\b/;

/**
 * Keeps how Postgres answers each ask, one file an ask, and tells which of them read a big table as
 * a whole.
 */
export async function keepPlans(store: Read, asks: readonly Ask[], folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const { orm } = store.stack.deps;
  const deps = { ...store.stack.deps, publicUrl: SITE };
  const account = await orm.em.fork().findOneOrFail(Account, { id: store.shop.accountId });
  const whole: string[] = [];
  for (const { name, paths } of asks) {
    const asked = paths(1);
    const queries = await queriesOf(orm, async () => {
      for (const path of asked)
        await handle(deps, path, {
          account,
          caller: { role: 'owner' },
          now: account.createdAt,
          em: scopeTo(orm.em.fork(), account.id),
        });
    });
    const plans = [];
    for (const query of queries) plans.push(await explain(orm, query));
    await writeFile(join(folder, `${name.replaceAll(/\W+/g, '-')}.txt`), [...asked, ...plans].join('\n\n'));
    if (plans.some((plan) => BIG.test(plan))) whole.push(name);
  }
  return whole;
}

/** Runs a route's handler here, so that its queries are seen. */
async function handle(deps: Pick<ApiDeps, 'orm' | 'publicUrl'>, path: string, call: object): Promise<void> {
  const { pathname, searchParams } = new URL(path, SITE);
  const route = ROUTES.find((each) => each.method === 'get' && patternOf(each).test(pathname));
  if (!route) throw new Error(`no route for ${path}`);
  const params = patternOf(route).exec(pathname)?.groups ?? {};
  const query = route.query?.parse(Object.fromEntries(searchParams));
  await route.handle({ ...call, params, query } as never, deps as never);
}

const patternOf = ({ path }: Route): RegExp => new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);

async function explain(orm: Orm, { text, values }: Query): Promise<string> {
  const pool = poolOf(orm);
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain (analyze, buffers) ${text}`, values);
  return [text, ...rows.map((row) => row['QUERY PLAN'])].join('\n');
}
