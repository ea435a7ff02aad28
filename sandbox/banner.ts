import { join } from 'node:path';
import { addressesOf } from './environment/environment.ts';
import type { StarterConfig } from './environment/environment.ts';
import type { Demo } from './stack.ts';

/**
 * The facts of a running stack for scripts, as kept in `demo.json`; null where a real service is
 * used.
 */
export function demoFacts(config: StarterConfig, demo: Demo) {
  const at = addressesOf(config);
  return {
    apiUrl: at.api,
    temporalUiUrl: at.temporalUi ?? null,
    mailboxUrl: at.mailbox ?? null,
    stripeUrl: at.stripe ?? null,
    temporalAddress: at.temporal,
    metricsUrl: at.metrics,
    workerMetricsUrl: at.workerMetrics,
    ...demo,
  };
}

/** The same facts for a person. */
export function banner(config: StarterConfig, demo: Demo): string {
  const facts = demoFacts(config, demo);
  const rows: [string, string][] = [
    ['Pages and API', facts.apiUrl],
    ['API reference', `${facts.apiUrl}/docs`],
    ['Temporal UI', facts.temporalUiUrl ?? `of ${facts.temporalAddress}`],
    ['Mailbox', facts.mailboxUrl ?? 'real: Resend'],
    ['Sandbox Stripe', facts.stripeUrl ?? 'real: Stripe'],
    ['', ''],
    ['Sign in at', `${facts.apiUrl}/sign-in`],
    ['Demo admin', `${demo.adminEmail}   password ${demo.adminPassword}`],
    ['Operator', `${demo.operatorEmail}   the same password`],
    ['API key', demo.apiKey],
    ['Operator key', demo.operatorKey],
    ['', ''],
    ['For scripts', join(config.DATA_DIR, 'demo.json')],
    ['Logs', join(config.DATA_DIR, 'logs')],
  ];
  const lines = rows.map(([name, value]) => (name ? `  ${name.padEnd(16)}${value}` : ''));
  return [
    '',
    'Perennial is running.',
    '',
    ...lines,
    '',
    'Ctrl-C ends everything. Next: npm run demo, or npm run demo -- --many for an account full of life.',
    '',
  ].join('\n');
}
