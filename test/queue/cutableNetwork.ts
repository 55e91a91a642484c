import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

/** A network between a client and a server that can be cut. */
export interface CutableNetwork {
  /** Where the client connects to. */
  readonly port: number;
  /** Nothing arrives any more, on either side, and nobody is told: a pulled cable. */
  swallow(): void;
  /** Connections are torn, and new ones refused: a restarted router. */
  tear(): void;
  /** As before; connections that were cut are torn. */
  mend(): void;
}

export async function cutableNetwork(t: TestContext, serverPort: number): Promise<CutableNetwork> {
  let state: 'whole' | 'swallowing' | 'torn' = 'whole';
  const sockets = new Set<Socket>();
  const server = createServer(client => {
    if (state === 'torn') {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(serverPort, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ]) {
      sockets.add(from);
      from.on('data', bytes => {
        if (state === 'whole') to.write(bytes);
      });
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        // Where packets vanish, so does the news of an end.
        if (state !== 'swallowing') to.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const tearAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  t.after(() => {
    state = 'torn';
    tearAll();
    server.close();
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    swallow() {
      state = 'swallowing';
    },
    tear() {
      state = 'torn';
      tearAll();
    },
    mend() {
      state = 'whole';
      tearAll();
    },
  };
}
