import { createServer, type AddressInfo } from 'node:net';
import type { StarterConfig } from './environment.ts';

type Place = { setting: keyof StarterConfig; what: string; port: number; host: string };

/**
 * Looks whether everything that is about to start can have its port.
 * @returns one line per port that is taken, with the setting that moves it
 */
export async function takenPorts(config: StarterConfig): Promise<string[]> {
  const places = placesOf(config);
  const free = await Promise.all(places.map(({ port, host }) => isFree(port, host)));
  return places.flatMap((place, index) => {
    const twin = places.find((other, before) => before < index && other.port === place.port);
    if (twin) return [`${place.setting} and ${twin.setting} are both ${place.port}: move one of them.`];
    if (free[index]) return [];
    const way = `${place.setting}=${place.port + 1000} npm start`;
    return [
      `Port ${place.port} (${place.what}) is taken by another program. ${place.setting} moves it, such as: ${way}`,
    ];
  });
}

/**
 * The ports of the metrics are our own to choose: where nobody named one and the usual is taken,
 * another does.
 */
export async function withMetricsPorts(config: StarterConfig, env = process.env): Promise<StarterConfig> {
  const portOf = async (setting: 'METRICS_PORT' | 'WORKER_METRICS_PORT') =>
    env[setting] || (await isFree(config[setting], config.HOST)) ? config[setting] : await anyFree(config.HOST);
  const METRICS_PORT = await portOf('METRICS_PORT');
  return { ...config, METRICS_PORT, WORKER_METRICS_PORT: await portOf('WORKER_METRICS_PORT') };
}

function anyFree(host: string): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, host, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function placesOf(config: StarterConfig): Place[] {
  const local = '127.0.0.1';
  const place = (setting: keyof StarterConfig, what: string, host = local): Place => {
    return { setting, what, host, port: Number(config[setting]) };
  };
  return [
    place('PORT', 'pages and API', config.HOST),
    place('WORKER_PORT', 'health of the worker'),
    place('METRICS_PORT', 'metrics of the API', config.HOST),
    place('WORKER_METRICS_PORT', 'metrics of the worker', config.HOST),
    ...(config.DATABASE_URL ? [] : [place('POSTGRES_PORT', 'Postgres')]),
    ...(config.STRIPE_API_KEY ? [] : [place('STRIPE_PORT', 'sandbox Stripe')]),
    ...(config.RESEND_API_KEY ? [] : [place('MAILBOX_PORT', 'mailbox')]),
    ...(config.TEMPORAL_ADDRESS
      ? []
      : [
          place('TEMPORAL_PORT', 'Temporal'),
          place('TEMPORAL_UI_PORT', 'Temporal UI'),
          place('TEMPORAL_METRICS_PORT', 'metrics of Temporal'),
          place('TEMPORAL_HTTP_PORT', 'HTTP API of Temporal'),
        ]),
  ];
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
