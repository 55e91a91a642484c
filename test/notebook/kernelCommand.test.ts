import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { after, test } from 'node:test';
import { packageRoot } from '../../src/core/packageRoot';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'legcnet-kernels-')));
after(() => rmSync(root, { recursive: true }));
const cli = join(packageRoot, 'dist', 'src', 'cli.js');

/** Runs `legcnet kernel …` in a folder without a package, as a user whose home is empty. */
function kernel(...words: string[]): { readonly code: number | null; readonly text: string } {
  const env = { PATH: process.env.PATH, HOME: join(root, 'home'), JUPYTER_DATA_DIR: join(root, 'user') };
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'kernel', ...words], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  return { code: status, text: stdout + stderr };
}

function specIn(folder: string): string {
  return join(folder, 'kernels', 'legcnet', 'kernel.json');
}

test('kernel install writes a kernel that starts by absolute paths, and kernel remove takes it away', () => {
  const prefix = join(root, 'env');
  const path = specIn(join(prefix, 'share', 'jupyter'));
  assert.equal(kernel('install', '--prefix', prefix, '--heap', '1000').code, 0);
  const spec = JSON.parse(readFileSync(path, 'utf8'));
  assert.equal(spec.display_name, 'TypeScript (legcnet)');
  assert.equal(spec.language, 'typescript');
  const [node, heap, starter, connection] = spec.argv;
  assert.equal(node, process.execPath);
  assert.equal(heap, '--max-old-space-size=1000');
  assert.ok(isAbsolute(starter) && existsSync(starter));
  assert.equal(connection, '{connection_file}');
  assert.match(kernel('list', '--prefix', prefix).text, /kernel\.json: this package, this Node/);
  assert.equal(kernel('remove', '--prefix', prefix).code, 0);
  assert.ok(!existsSync(dirname(path)));
  assert.match(kernel('remove', '--prefix', prefix).text, /Cannot remove the kernel: there is no /);
});

test('without a prefix the kernel is for this user', () => {
  const path = specIn(join(root, 'user'));
  assert.equal(kernel('install').code, 0);
  assert.ok(existsSync(path));
  assert.match(kernel('list').text, new RegExp(`${path}: this package, this Node`));
  const moved = readFileSync(path, 'utf8').replaceAll(packageRoot, join(root, 'gone'));
  writeFileSync(path, moved);
  assert.match(kernel('list').text, /its package is gone: /);
  assert.equal(kernel('install', '--user').code, 0);
  assert.match(kernel('list').text, /this package, this Node/);
  assert.equal(kernel('remove', '--user').code, 0);
  assert.ok(!existsSync(path));
});

test('a kernel that others wrote is neither overwritten nor removed', () => {
  const prefix = join(root, 'theirs');
  const path = specIn(join(prefix, 'share', 'jupyter'));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '{"argv": ["python"], "display_name": "theirs"}');
  for (const action of ['install', 'remove']) {
    const { code, text } = kernel(action, '--prefix', prefix);
    assert.equal(code, 1);
    assert.match(text, /and this package did not write it/);
  }
  assert.match(readFileSync(path, 'utf8'), /theirs/);
});

test('what cannot be done is said with what can', () => {
  assert.match(kernel('start').text, /what can be done is install, remove, list/);
  assert.match(kernel('install', '--heap', 'much').text, /--heap takes megabytes, 128 or more/);
  assert.match(kernel('install', '--user', '--prefix', root).text, /--prefix or --user, not both/);
});

test('set-up writes the same kernel into .venv', {
  skip: !existsSync(join(packageRoot, '.venv')) && 'no .venv',
}, () => {
  kernel('install', '--prefix', root);
  const [ours, setUps] = [root, join(packageRoot, '.venv')].map(prefix =>
    readFileSync(specIn(join(prefix, 'share', 'jupyter')), 'utf8'),
  );
  assert.equal(ours, setUps);
});
