import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Which version of a folder's files. */
export interface GitState {
  readonly commit: string;
  /** Whether files differ from that commit. */
  readonly modified: boolean;
}

const run = promisify(execFile);

/** The commit that a folder is at; null where there is no git, or no repository. */
export async function gitState(folder: string): Promise<GitState | null> {
  const git = async (...args: string[]): Promise<string> => {
    const { stdout } = await run('git', args, { cwd: folder, timeout: 10_000, maxBuffer: 2 ** 26 });
    return stdout.trim();
  };
  try {
    const commit = await git('rev-parse', '--verify', 'HEAD');
    return { commit, modified: (await git('status', '--porcelain')) !== '' };
  } catch {
    return null;
  }
}
