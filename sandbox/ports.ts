import { createServer } from 'node:net';
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

function placesOf(config: StarterConfig): Place[] {
  const local = '127.0.0.1';
  const place = (setting: keyof StarterConfig, what: string, host = local): Place => {
    return { setting, what, host, port: Number(config[setting]) };
  };
  return [
    place('PORT', 'pages and API', config.HOST),
    place('WORKER_PORT', 'health of the worker'),
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
