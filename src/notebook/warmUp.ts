import { ZmqServer } from 'tslab/dist/jupyter';
import { runningCell } from './kernel';

/** Lets the answer go out first. */
const AFTER_MS = 50;

/** tslab keeps such a module among its files, so that the types stay read while the reader types other things. */
const TYPES = "/** @module __legcnet__ */\nimport 'legcnet';";

/** What we use of tslab's server; its types keep it private. */
interface Server {
  readonly handler: { readonly executor: { execute(code: string): Promise<boolean> } };
  handleKernelInfo(socket: unknown, message: unknown): void;
}

/**
 * Loads this package, code and types, while the reader looks for the first cell: reading the types takes more than a second,
 * most of it for those of danfo and TensorFlow. Begins when the frontend has heard that the kernel is ready.
 */
export function warmUpWhenReady(): void {
  const server = ZmqServer.prototype as unknown as Server;
  const { handleKernelInfo } = server;
  server.handleKernelInfo = function (socket, message) {
    handleKernelInfo.call(this, socket, message);
    server.handleKernelInfo = handleKernelInfo;
    setTimeout(() => {
      if (runningCell() !== null) return;
      require('../index.js');
      void this.handler.executor.execute(TYPES);
    }, AFTER_MS);
  };
}
