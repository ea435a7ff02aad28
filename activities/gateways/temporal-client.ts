import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';

export type TemporalAddress = { TEMPORAL_ADDRESS: string; TEMPORAL_NAMESPACE: string };

/** A client that connects when it is first used, so that Temporal may start later; TLS and keys come from the environment. */
export function connectTemporal(settings: TemporalAddress): { client: Client; close(): Promise<void> } {
  const { connectionOptions } = loadClientConnectConfig();
  const connection = Connection.lazy({ ...connectionOptions, address: settings.TEMPORAL_ADDRESS });
  return {
    client: new Client({ connection, namespace: settings.TEMPORAL_NAMESPACE }),
    close: () => connection.close(),
  };
}
