import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that can be cut, as a network does it: without a word to either side. */
export type TcpProxy = {
  port: number;
  /** Ends every connection and takes no new one. */
  cut(): void;
  restore(): void;
  /** From now on each answer is so late. */
  slowDown(ms: number): void;
  /**
   * Cuts one connection as soon as a client has sent these words `times` times from now on: they
   * arrive, but the answer is lost.
   */
  loseAnswerTo(words: string, times: number): void;
  /** Whether that has happened. */
  hasLost(): boolean;
  close(): Promise<void>;
};

export async function aTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
  let lateMs = 0;
  let loss: { words: string; left: number } | undefined;

  function forward(client: Socket): void {
    if (isCut) return void client.destroy();
    const server = connect(target.port, target.host);
    const end = () => [client, server].forEach((socket) => socket.destroy());
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', end).on('close', () => (sockets.delete(socket), end()));
    }
    server.on('data', (data) => (lateMs > 0 ? setTimeout(() => client.write(data), lateMs) : client.write(data)));
    client.on('data', (data) => {
      const isLost = loss !== undefined && loss.left > 0 && data.includes(loss.words) && (loss.left -= 1) === 0;
      server.write(data);
      // The answer shows that the words have arrived; it goes no further.
      if (isLost) server.removeAllListeners('data').once('data', end);
    });
  }

  const listener = createServer(forward);
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const endAll = () => sockets.forEach((socket) => socket.destroy());
  return {
    port: (listener.address() as AddressInfo).port,
    cut() {
      isCut = true;
      endAll();
    },
    restore() {
      isCut = false;
    },
    slowDown(ms) {
      lateMs = ms;
    },
    loseAnswerTo(words, times) {
      loss = { words, left: times };
    },
    hasLost: () => loss?.left === 0,
    async close() {
      endAll();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
