/**
 * Makes the demo account, if it is not there yet, and prints it as one line of JSON; `npm start`
 * runs it.
 */
import { readConfigOrExit } from '../config.ts';
import { openOrm } from '../db/orm.ts';
import { startLog } from '../log.ts';
import { seedDemo } from './demo-account.ts';

const config = readConfigOrExit('demo');
const { DEMO_API_KEY: apiKey, DEMO_OPERATOR_KEY: operatorKey, DEMO_ADMIN_PASSWORD: adminPassword } = config;
startLog({ process: 'demo', level: 'silent' });
const orm = await openOrm({ url: config.DATABASE_URL, poolSize: 1 });
try {
  const seeded = await seedDemo(orm.em.fork(), { apiKey, operatorKey, adminPassword, now: new Date().toISOString() });
  console.log(JSON.stringify({ ...seeded, apiKey, operatorKey, adminPassword }));
} finally {
  await orm.close();
}
