import type { Figure, Limit } from './bench.ts';
import { short } from './figures.ts';
import { speedInWords, type Speed } from './speed.ts';

/** With the speed that the machine had around its bench. */
export type Listed = Figure & { bench: string; speed: Speed };

/** The figures as a Markdown table, so that it can stand in docs/performance.md as it is. */
export function tableOf(figures: readonly Listed[]): string {
  const head = [
    'figure',
    'unit',
    'ours',
    'floor',
    'ratio (low to high)',
    'limit',
    'verdict',
    'loop; sync, ms',
    'notes',
  ];
  const rows = figures.map((figure) => [
    `${figure.bench}: ${figure.name}`,
    figure.unit,
    short(figure.ours),
    figure.floor === null ? '-' : short(figure.floor),
    ratioOf(figure),
    figure.limit ? limitOf(figure.limit) : '-',
    figure.verdict ?? '-',
    speedInWords(figure.speed),
    figure.notes.join('; '),
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

const ratioOf = ({ ratio }: Figure): string =>
  ratio ? `${ratio.median.toFixed(2)} (${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)})` : '-';

const limitOf = ({ on, bound, value }: Limit): string =>
  `${on === 'ratio' ? 'ratio ' : ''}${bound === 'atLeast' ? '>=' : '<='} ${value}`;
