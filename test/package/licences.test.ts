import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../src/core/packageRoot';
import { plotlyEmbed, plotlySource } from '../../src/notebook/plotlyEmbed';
import { type Licensed, packageScript } from './scripts';

const python = existsSync(join(packageRoot, '.venv', 'bin', 'python'));

test('the list of licences is that of the lock file, and all of them are allowed', async () => {
  const { forbidden, licencesFile, licencesText, npmLicences } = await packageScript('licences.mjs');
  const committed = readFileSync(licencesFile, 'utf8');
  const [, inPython] = sections(committed);
  const npm = npmLicences();
  assert.deepEqual(forbidden([...npm, ...inPython]), []);
  assert.equal(committed, licencesText(npm, inPython), 'out of date: `npm run licences` writes it again');
  assert.ok(npm.length > 200);
});

test('the list has every Python package of JupyterLab’s environment', {
  skip: !python && 'no .venv: `npm run setup -- python` makes it',
}, async () => {
  const { licencesFile, pythonLicences } = await packageScript('licences.mjs');
  const [, listed] = sections(readFileSync(licencesFile, 'utf8'));
  const known = new Set(listed.map(({ name }) => name));
  const requirements = readFileSync(join(packageRoot, 'scripts', 'setup', 'requirements.txt'), 'utf8');
  for (const { name, version } of listed) {
    const pattern = new RegExp(
      `^${name.replace(/[-_.]+/g, '[-_.]+')}==${version.replaceAll('.', '\\.')}\\b`,
      'im',
    );
    assert.match(requirements, pattern);
  }
  // Another Python may need a few more, such as backports.
  const missing = (await pythonLicences()).filter(({ name }) => !known.has(name));
  assert.ok(missing.length < 10, missing.map(({ name }) => name).join());
});

/** Rows of the two tables of the list. */
function sections(text: string): [Licensed[], Licensed[]] {
  const [, npm, pip] = text.split(/^## Installed by .*$/m);
  return [rows(npm), rows(pip)];
}

function rows(text: string): Licensed[] {
  const found = [...text.matchAll(/^\| (\S+) \| (\d\S*) \| (.+) \|$/gm)];
  return found.map(([, name, version, licence]) => ({ name, version, licence }));
}

test('a licence that is not allowed is found, also within an expression', async () => {
  const { forbidden } = await packageScript('licences.mjs');
  const wrong = ['GPL-3.0', 'MIT AND AGPL-3.0', 'unknown', 'GPL-2.0 OR LGPL-3.0', '(SSPL-1.0)'];
  const right = ['MIT', '(AFL-2.1 OR BSD-3-Clause)', 'MIT AND MPL-2.0', 'Apache-2.0 AND (GPL-2.0 OR MIT)'];
  const entries = [...wrong, ...right].map(licence => ({ name: licence, version: '1', licence }));
  assert.deepEqual(
    forbidden(entries).map(({ licence }) => licence),
    wrong,
  );
});

test('Plotly’s notice travels with its script into every page', () => {
  for (const bundle of ['cartesian', 'full'] as const) {
    assert.match(plotlySource(bundle).slice(0, 300), /Plotly, Inc\..*Licensed under the MIT license/s);
  }
  // Compressed inside a notebook, but whole.
  assert.match(plotlyEmbed('cartesian'), /DecompressionStream/);
});
