import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parser } from '@prometheus-io/lezer-promql';
import { collectDefaultMetrics, register } from 'prom-client';
import { parse } from 'yaml';
import { createMetrics } from '../../api/health.ts';
import { lagMetrics } from '../../worker/lag-metrics.ts';
import { JOB_WORDS } from '../../api/pages/words/lag.ts';
import { JOBS } from '../../worker/jobs.ts';

type Rule = { alert: string; expr: string; annotations: { summary: string; runbook: string } };
type Panel = { title: string; targets: { expr: string }[] };

const { groups } = parse(readFileSync('docs/operate/alerts.yml', 'utf8')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(readFileSync('docs/operate/grafana.json', 'utf8')) as { panels: Panel[] };
const expressions = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
];

/** Prometheus's own, which is there without us. */
const OF_PROMETHEUS = ['up'];

/** What the API and a worker really tell, with the series of a histogram. */
const served = new Set(OF_PROMETHEUS);
lagMetrics({} as never);
collectDefaultMetrics();
for (const registry of [register, createMetrics().registry])
  for (const { name, type } of registry.getMetricsAsArray() as unknown as { name: string; type: string }[]) {
    served.add(name);
    if (type === 'histogram') for (const part of ['bucket', 'sum', 'count']) served.add(`${name}_${part}`);
  }

/** The names of an expression's series, and what of it is no PromQL. */
function read(expr: string): { names: string[]; faults: string[] } {
  const names: string[] = [];
  const faults: string[] = [];
  parser.parse(expr).iterate({
    enter({ name, from, to, type }) {
      if (type.isError) faults.push(expr.slice(from, to + 10));
      if (name === 'Identifier') names.push(expr.slice(from, to));
    },
  });
  return { names, faults };
}

test.each(expressions)('%s asks for what is really told: %s', (_, expr) => {
  const { names, faults } = read(expr);

  expect(faults).toEqual([]);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !served.has(name))).toEqual([]);
});

test.each(rules)('$alert leads to a heading of the guide', ({ annotations: { summary, runbook } }) => {
  const [file = '', heading] = runbook.split('#');
  const headings = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /^##+ /.test(line))
    .map((line) =>
      line
        .replace(/^#+ /, '')
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    );

  expect(headings).toContain(heading);
  expect(summary).not.toBe('');
});

test('every job of the workers is named in words on the page', () => {
  expect(Object.keys(JOB_WORDS).sort()).toEqual(JOBS.map(({ name }) => name).sort());
});
