import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../src/core/packageRoot';
import { filesOf } from '../src/data/manifest';
import { skipUnless } from './support/mirror';

function legcnet(
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
): { code: number; out: string; err: string } {
  const cli = join(packageRoot, 'dist', 'src', 'cli.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { env, encoding: 'utf8' });
  return { code: status ?? -1, out: stdout, err: stderr };
}

test('without a command it explains itself and succeeds', () => {
  const { code, out } = legcnet([]);
  assert.equal(code, 0);
  assert.match(out, /legcnet table 1\|2/);
});

for (const [args, message] of [
  [['prune'], /no command 'prune'/],
  [['table', '9', '--masks', 'published'], /Tables 1 and 2 are available/],
  [['table', '1'], /--masks published only/],
  [['table', '1', '--masks', 'published', '--init', 'six'], /init must be/],
  [['table', '1', '--masks', 'published', '--max-epochs', 'many'], /epochs must be/],
  [['table', '1', '--mask', 'published'], /Unknown option/],
  [['notebook'], /Name one notebook/],
  [['notebook', 'absent'], /no notebook 'absent'/],
  [['data', 'tulips'], /no data set 'tulips'/],
] as const) {
  test(`'${args.join(' ')}' fails with one clear sentence and no stack`, () => {
    const { code, err } = legcnet([...args]);
    assert.equal(code, 1);
    assert.match(err, message);
    assert.doesNotMatch(err, /\n\s+at /);
  });
}

test('without network, cache and mirror Iris is there and the other data sets name the file and the remedy', () => {
  const cache = mkdtempSync(join(tmpdir(), 'legcnet-empty-'));
  const { LEGCNET_DATA: _, ...env } = process.env;
  const offline = {
    ...env,
    LEGCNET_CACHE: cache,
    NODE_OPTIONS: `--require ${join(__dirname, 'support', 'offline.js')}`,
  };
  try {
    const script =
      "require('.').loadDataset(process.argv[1]).then(d => console.log(d.train.rows), e => console.log(e.message))";
    const load = (name: string) =>
      spawnSync(process.execPath, ['-e', script, name], {
        env: offline,
        cwd: packageRoot,
        encoding: 'utf8',
      }).stdout.trim();
    assert.equal(load('iris'), '120');
    assert.equal(load('iris3f'), '120');
    for (const name of ['cancer', 'titanic', 'banknote', 'vowel', 'mnist']) {
      assert.match(
        load(name),
        /^Cannot get .+; set LEGCNET_DATA to a folder that holds it, or put it at .+$/,
      );
    }
  } finally {
    rmSync(cache, { recursive: true });
  }
});

test('data fetches and checks the files of a data set', {
  skip: skipUnless(...filesOf('banknote')),
}, () => {
  const { code, out } = legcnet(['data', 'banknote']);
  assert.equal(code, 0);
  assert.match(out, /binary_banknote\.csv: (mirror|cache|download), checksum right/);
});
