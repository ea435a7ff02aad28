import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';

export type Temporal = { client: Client; close: () => Promise<void> };

/**
 * A client that connects at its first use, so that Temporal may start later. TLS and keys are read
 * by `@temporalio/envconfig`.
 */
export function connectTemporal(settings: { TEMPORAL_ADDRESS: string; TEMPORAL_NAMESPACE: string }): Temporal {
  const { connectionOptions } = loadClientConnectConfig();
  const connection = Connection.lazy({ ...connectionOptions, address: settings.TEMPORAL_ADDRESS });
  const client = new Client({ connection, namespace: settings.TEMPORAL_NAMESPACE });
  return { client, close: () => connection.close() };
}
