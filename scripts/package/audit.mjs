import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../setup/runProgram.mjs';
import { withWorkFolder } from '../setup/workFolder.mjs';
import { pack } from './pack.mjs';

/**
 * Asks the registry for advisories about what a user gets who installs the packed package in an empty project today.
 *
 * @returns {Promise<{answered: boolean, reason: string, found: Advisory[]}>} `reason` says why there is no answer
 */
export function auditUsers() {
  return withWorkFolder(tmpdir(), async folder => {
    writeFileSync(join(folder, 'package.json'), '{}');
    const { file } = await pack(folder);
    const options = [
      '--package-lock-only',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ];
    const failure = await runProgram('npm', ['install', file, ...options], { cwd: folder }).then(
      () => null,
      error => error.reason,
    );
    if (failure !== null) return { answered: false, reason: failure, found: [] };
    // npm fails where it finds something, too; its answer says which it was.
    const audit = ['audit', '--omit=dev', '--json', '--loglevel=silent'];
    return readAudit(await runProgram('npm', audit, { cwd: folder }).catch(error => error.output));
  });
}

/**
 * What `npm audit --json` said, worst first.
 *
 * @typedef {{name: string, severity: string, range: string, titles: string[]}} Advisory
 */
export function readAudit(output) {
  let answer;
  try {
    answer = JSON.parse(output);
  } catch {
    return { answered: false, reason: `npm audit said: ${output.trim()}`, found: [] };
  }
  if (answer.vulnerabilities === undefined) {
    return { answered: false, reason: answer.message ?? answer.error?.summary ?? output.trim(), found: [] };
  }
  const found = Object.values(answer.vulnerabilities).map(({ name, severity, range, via }) => ({
    name,
    severity,
    range,
    titles: via.map(each => (typeof each === 'string' ? `through ${each}` : `${each.title}: ${each.url}`)),
  }));
  return { answered: true, reason: '', found: found.sort((a, b) => rank(a) - rank(b)) };
}

function rank({ severity }) {
  return ['critical', 'high', 'moderate', 'low', 'info'].indexOf(severity);
}
