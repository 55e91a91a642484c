import { startKernel as startTslab } from 'tslab/dist/main';
import { showFrames } from './frames';
import { offerOwnModules } from './ownModules';
import { plugIn } from './plugIn';
import { warmUpWhenReady } from './warmUp';

/**
 * Turns this process into the kernel "TypeScript (legcnet)": tslab, this package's own, with the plug-in from the first
 * cell on and with the package's modules in reach, wherever the notebook lies.
 *
 * @param connectionFile what Jupyter gives a kernel: ports and key
 */
export function startKernel(connectionFile: string): void {
  offerOwnModules(process.cwd());
  // tslab keeps the console that it finds now.
  showFrames();
  startTslab({ configPath: connectionFile, enableFindLocal: false });
  plugIn();
  warmUpWhenReady();
  endWithJupyter();
}

const LOOK_EVERY_MS = 2000;

/** Ends with the Jupyter server that started us, which tslab's kernel does not: a killed server leaves no kernels behind. */
function endWithJupyter(): void {
  if (process.env.JPY_PARENT_PID === undefined) return;
  const { ppid } = process;
  setInterval(() => {
    if (process.ppid !== ppid) process.exit(1);
  }, LOOK_EVERY_MS).unref();
}
