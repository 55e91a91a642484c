import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { packageRoot } from '../../src/core/packageRoot';
import { packageScript } from './scripts';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-staged-'));
let files: string[] = [];
let ours: string[] = [];

before(async () => {
  (await packageScript('stage.mjs')).stage(folder);
  files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file =>
    statSync(join(folder, file)).isFile(),
  );
  ours = files.filter(file => !/^(node_modules|vendor)\//.test(file));
});

after(() => rmSync(folder, { recursive: true }));

const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const manifest = (place = ''): Record<string, unknown> => JSON.parse(read(join(place, 'package.json')));

test('the package holds the compiled code, the kernel, set-up, our rows and notebooks, and nothing else', () => {
  const places = new Set(ours.map(file => file.replace(/^((?:dist|scripts)\/)?([^/]+)(\/.*)?$/, '$1$2')));
  assert.deepEqual([...places].sort(), [
    'CHANGELOG.md',
    'CITATION.cff',
    'LICENSE',
    'README.md',
    'THIRD_PARTY_LICENCES.md',
    'data',
    'dist/src',
    'docs',
    'kernel',
    'notebooks',
    'package.json',
    'queue',
    'scripts/commands',
    'scripts/lab',
    'scripts/lab.mjs',
    'scripts/setup',
    'scripts/setup.mjs',
  ]);
  const kinds = new Set(ours.map(file => file.replace(/^.*?(\.d\.ts|\.[^./]+)?$/, '$1')));
  assert.deepEqual(
    [...kinds].filter(kind => !/^(\.(js|d\.ts|wasm|mjs|json|ts|ipynb|md|cff|py|txt|png))?$/.test(kind)),
    [],
  );
});

test('no test, no source, no map and no binary of another machine travels along', () => {
  assert.deepEqual(
    files.filter(file => /(^|[/._])tests?[/._]|\.map$|\.tsbuildinfo$|\.node$|(^|\/)\.[^/]/.test(file)),
    [],
  );
  const sources = ours.filter(file => /(?<!\.d)\.ts$/.test(file));
  assert.ok(sources.every(file => file.startsWith('notebooks/')));
});

test('data holds our own rows and the addresses of others’ data, not the data', () => {
  assert.deepEqual(
    ours.filter(file => file.startsWith('data/')).sort(),
    readdirSync(join(packageRoot, 'data'))
      .filter(file => file.endsWith('.json'))
      .map(file => `data/${file}`)
      .sort(),
  );
});

test('no file names a folder of the machine that packed it', () => {
  const folders = [packageRoot, homedir(), folder].filter(place => place.length > 2);
  const isText = (file: string): boolean => !/\.(wasm|png)$/.test(file);
  for (const file of ours.filter(isText)) {
    const text = read(file);
    for (const place of folders) {
      // A home such as /root may be part of a longer word.
      const at = text.search(new RegExp(`(?<![\\w.])${literally(place)}(?![\\w])`));
      assert.equal(at, -1, `${file} names ${place}: ${text.slice(at, at + 80)}`);
    }
  }
});

/** A text as a pattern that matches it alone. */
function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

test('unpacked it has less than 20 MB', () => {
  const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  assert.ok(bytes < 20e6, `${(bytes / 1e6).toFixed(1)} MB`);
});

test('package.json has no scripts, tools, overrides or addresses, neither ours nor those inside', async () => {
  const { bundled } = await packageScript('packedManifest.mjs');
  const packed = manifest();
  for (const field of ['scripts', 'devDependencies', 'overrides', 'private'])
    assert.equal(packed[field], undefined);
  assert.deepEqual(packed.bundleDependencies, Object.keys(bundled));
  const versions = Object.values(packed.dependencies as Record<string, string>);
  assert.deepEqual(
    versions.filter(version => !/^(npm:@?[\w/.-]+@)?\d+\.\d+\.\d+$/.test(version)),
    [],
  );
  for (const name of Object.keys(bundled)) {
    for (const place of ['node_modules', 'vendor']) {
      const inside = manifest(join(place, name));
      for (const field of ['scripts', 'dependencies', 'devDependencies']) {
        assert.equal(inside[field], undefined);
      }
      assert.equal(inside.gypfile, false);
      assert.match(String(inside['//']), /Changed by legcnet/);
      assert.ok(existsSync(join(folder, place, name, String(inside.main))));
    }
    assert.ok(files.includes(join('vendor', name, 'LICENSE')));
    assert.ok(!files.includes(join('vendor', name, 'binding.gyp')));
  }
});

test('whatever the code imports is declared, and of what is declared it leaves out jstat alone', () => {
  const { dependencies, peerDependencies } = manifest() as Record<string, Record<string, string>>;
  const declared = new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies)]);
  const imported = new Set<string>();
  for (const file of files.filter(name => /\.(js|mjs|d\.ts)$/.test(name))) {
    for (const name of packagesIn(read(file))) imported.add(name);
  }
  const known = new Set([...builtinModules, 'legcnet']);
  const foreign = [...imported].filter(name => !known.has(name));
  assert.deepEqual(
    foreign.filter(name => !declared.has(name)).sort(),
    // Only danfo's own plots ask for it, which need a browser; danfo does not declare it either.
    ['plotly.js-dist-min'],
  );
  const asked = Object.keys(dependencies).filter(name => !imported.has(name));
  assert.deepEqual(asked, [
    'jstat',
    // Asked for by marked-katex-extension, as a peer.
    'katex',
    // Read, not imported: headers by set-up's compiler, a script by figures.
    'node-api-headers',
    'plotly.js-cartesian-dist-min',
  ]);
});

/** Names of the packages that a file loads, or takes types from. */
function packagesIn(text: string): string[] {
  const patterns =
    /\b(?:require|require\.resolve|import)\(\s*['"]([^'"]+)['"]|\bfrom\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]/gm;
  const code = text.replace(/^\s*(\*|\/\/).*$/gm, '');
  const names = [...code.matchAll(patterns)].map(
    ([, ...found]) => found.find(name => name !== undefined) ?? '',
  );
  return names
    .filter(name => /^[@a-z]/.test(name) && !name.startsWith('node:'))
    .map(name => (name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : name.split('/')[0]));
}
