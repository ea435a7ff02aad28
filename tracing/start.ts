import type { Config } from '../config.ts';

export type Tracing = { stop(): Promise<void> };

type Wish = Pick<Config<'api'>, 'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_TRACES_SAMPLER_ARG'>;

const NONE: Tracing = { stop: () => Promise.resolve() };

/** Traces this process if it is told where to send that; else nothing of it is even loaded. */
export async function startTracing(process: string, config: Wish): Promise<Tracing> {
  if (config.OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return NONE;
  const { sendSpans } = await import('./sdk.ts');
  return sendSpans({ process, ratio: config.OTEL_TRACES_SAMPLER_ARG });
}
