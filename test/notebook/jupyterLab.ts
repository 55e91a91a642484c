import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../../src/core/packageRoot';
import { findChromium } from '../../src/notebook/chromium';

const venv = join(packageRoot, '.venv');
const program = join(venv, 'bin', 'jupyter-lab');

/** Why JupyterLab cannot be tried here, or false. */
export const labSkip: string | false = reason();

function reason(): string | false {
  if (findChromium() === null) return 'no Chromium on this machine';
  const kernel = join(venv, 'share', 'jupyter', 'kernels', 'legcnet', 'kernel.json');
  return existsSync(program) && existsSync(kernel) ? false : 'no JupyterLab in .venv: npm run setup makes it';
}

/** A JupyterLab that serves one folder. */
export interface Lab {
  /** The address of a file of the folder, opened in JupyterLab. */
  addressOf(file: string): string;
  /** Ends the server and its kernels. */
  stop(): Promise<void>;
}

/**
 * Starts the clone's own JupyterLab on a folder as `npm run lab` does, with settings, workspaces and run-time files inside it, so that neither
 * the user's own are read nor touched.
 *
 * @param patience most milliseconds until it answers
 * @throws Error with what it printed when it does not
 */
export async function startLab(folder: string, patience: number): Promise<Lab> {
  const place = (name: string): string => join(folder, '.jupyter', name);
  const run = place('run');
  mkdirSync(run, { recursive: true });
  const token = 'test';
  const options = join(packageRoot, 'scripts', 'commands', 'labOptions.mjs');
  const { labOptions } = await import(pathToFileURL(options).href);
  const server = spawn(
    program,
    [
      ...labOptions(folder),
      '--no-browser',
      '--ServerApp.ip=127.0.0.1',
      '--ServerApp.port=0',
      `--IdentityProvider.token=${token}`,
      `--LabApp.user_settings_dir=${place('settings')}`,
      `--LabApp.workspaces_dir=${place('workspaces')}`,
    ],
    {
      cwd: folder,
      env: {
        ...process.env,
        JUPYTER_PATH: [join(venv, 'share', 'jupyter'), process.env.JUPYTER_PATH]
          .filter(Boolean)
          .join(delimiter),
        JUPYTER_CONFIG_DIR: place('config'),
        JUPYTER_DATA_DIR: place('data'),
        JUPYTER_RUNTIME_DIR: run,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let printed = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const stop = (): Promise<void> => end(server);
  for (const limit = performance.now() + patience; ; ) {
    const url = addressIn(run);
    if (url !== null && (await answers(`${url}api?token=${token}`))) {
      return { addressOf: file => `${url}lab/tree/${file}?token=${token}`, stop };
    }
    if (server.exitCode !== null || performance.now() > limit) {
      await stop();
      throw new Error(`JupyterLab did not start:\n${printed}`);
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

/** What the server says of itself once it listens. */
function addressIn(run: string): string | null {
  const file = readdirSync(run).find(name => /^jpserver-\d+\.json$/.test(name));
  if (file === undefined) return null;
  try {
    return JSON.parse(readFileSync(join(run, file), 'utf8')).url;
  } catch {
    // Half written.
    return null;
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Jupyter ends its kernels at the first signal. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = new Promise<void>(resolve => server.once('exit', () => resolve()));
  server.kill('SIGTERM');
  const timer = setTimeout(() => server.kill('SIGKILL'), 20_000);
  await ended;
  clearTimeout(timer);
}
