import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../src/core/packageRoot';
import { filesOf } from '../src/data/manifest';
import { smallDatasets } from '../src/study/smallDatasets';
import type { StudyTable } from '../src/study/studyTable';
import { skipUnless, trainingFiles } from './support/mirror';

const small = smallDatasets.flatMap(name => ['--dataset', name]);
const recomputedSkip = skipUnless(...trainingFiles(...smallDatasets));

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

test('each command explains itself when asked for help, in the words of the whole', () => {
  const { out } = legcnet(['--help']);
  const names = new Set([...out.matchAll(/^ {2}legcnet (\w+)/gm)].map(([, name]) => name));
  assert.ok(names.size > 15);
  for (const name of names) {
    const help = legcnet([name, '--help']);
    assert.equal(help.code, 0, name);
    assert.match(help.out, new RegExp(`^( {2}legcnet ${name}\\b|npm run setup)`, 'im'), name);
    if (name !== 'setup') assert.ok(out.includes(help.out), name);
  }
});

for (const [args, message] of [
  [['prune'], /no command 'prune'/],
  [['table', '9', '--masks', 'published'], /Tables 1 to 4 are available/],
  [['table', '1', '--procedure', 'sound', '--masks', 'published'], /masks are published under procedure/],
  [['table', '1', '--dataset', 'tulips'], /datasets must be one of/],
  [['mask', 'vowel', 'FT', '1'], /Name a data set/],
  [['table', '4', '--init', '2'], /go with --recompute/],
  [['choice', '--dataset', 'tulips'], /--dataset must be one of/],
  [['choice', '--procedure', 'careful'], /--procedure must be one of/],
  [['choice', '--procedure', 'described'], /No run of what is asked for is saved in .*choiceRecords.json/],
  [['choice', '--out', __filename], /Cannot read .*cli\.test\.js: it is damaged/],
  [['tables', '--make', '--dataset', 'tulips', '--out', 'rows.json'], /--dataset must be one of/],
  [['questions', '--dataset', 'tulips'], /--dataset must be one of/],
  [['mnist', '--networks', 'dense'], /go with --init/],
  [['mnist', '--save'], /go with --init/],
  [['mnist', '--init', '3', '--networks', 'dense', '--save'], /--save keeps whole runs/],
  [['figure', '7'], /Figures 1 to 6 are available, got '7'/],
  [['figure', '5', '--network', 'sparse'], /a network must be one of/],
  [['figure', '6', '--dataset', 'tulips'], /a data set must be one of/],
  [['theorem', '--save'], /goes with --recompute/],
  [['figure', '1', '--variant', 'XT'], /variant must be one of FT, PT/],
  [['figure', '3', '--dataset', 'tulips'], /dataset must be one of/],
  [['tables', '--make'], /needs --out FILE/],
  [['table', '1', '--masks', 'published', '--init', 'six'], /init must be/],
  [['table', '1', '--masks', 'published', '--max-epochs', 'many'], /maxEpochs must be/],
  [['table', '1', '--mask', 'published'], /Unknown option/],
  [['notebook'], /Name one notebook/],
  [['notebook', 'absent'], /no notebook 'absent'/],
  [['sweep'], /Name one file of jobs/],
  [['sweep', 'absent.json'], /no such file/],
  [['sweep', 'jobs.json', '--forget'], /go with --redis/],
  [['sweep', 'jobs.json', '--redis', 'env', '--shard', '1/2'], /not both/],
  [['worker'], /needs --redis URL, or the address in LEGCNET_REDIS/],
  [['worker', '--redis', 'http://a:b@c'], /must be like redis:/],
  [['export'], /Name one notebook/],
  [['export', 'absent'], /no notebook 'absent'/],
  [['export', '--check', 'absent'], /absent is no exported folder/],
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

test('masks prints the saved table of choices, as text and as rows', () => {
  const { code, out } = legcnet(['masks']);
  assert.equal(code, 0);
  assert.match(
    out,
    /LEGCNet-FT: shared with the published masks \/ recomputed\n *made with +cancer +titanic +banknote +iris +iris3f +all +by chance +order/,
  );
  assert.match(out, /published: -s20.* 26\/26 +18\/18 +13\/13 +8\/8 +29\/29 +94\/94/);
  const rows = JSON.parse(legcnet(['masks', '--json']).out);
  assert.deepEqual(Object.keys(rows[0]), ['variant', 'choice', 'datasets', 'total']);
});

test('table --masks recomputed gives every row its masks beside the published ones', {
  skip: recomputedSkip,
}, () => {
  const { code, out } = legcnet([
    'table',
    '1',
    '--masks',
    'recomputed',
    '--init',
    '5',
    '--recompute',
    '--json',
    ...small,
  ]);
  assert.equal(code, 0);
  const rows = JSON.parse(out) as StudyTable['rows'];
  assert.deepEqual(
    rows.map(({ dataset, init, masks }) => [dataset, init, masks?.FT?.recomputed, masks?.FT?.shared]),
    [
      ['cancer', 5, 2, 2],
      ['titanic', 5, 6, 6],
      ['banknote', 5, 3, 3],
      ['iris', 5, 2, 2],
      ['iris3f', 5, 2, 2],
    ],
  );
  assert.deepEqual(rows[0].masks?.FT?.removed, [14, 51]);
});

test('data fetches and checks the files of a data set', {
  skip: skipUnless(...filesOf('banknote')),
}, () => {
  const { code, out } = legcnet(['data', 'banknote']);
  assert.equal(code, 0);
  assert.match(out, /binary_banknote\.csv: (mirror|cache|download), checksum right/);
});

test('table 4 and figure 5 come from saved rows', () => {
  const { code, out } = legcnet(['table', '4', '--json']);
  assert.equal(code, 0);
  const { rows, agreement } = JSON.parse(out) as Record<
    'rows' | 'agreement',
    { network: string; layer: number }[]
  >;
  assert.deepEqual([rows.length, agreement.length], [15, 15]);
  assert.match(legcnet(['table', '4']).out, /LEGCNet-PT +3 .* 2\.73/);
  const specs = JSON.parse(legcnet(['figure', '5', '--json']).out) as {
    name: string;
    data: { type: string }[];
  }[];
  assert.deepEqual(
    specs.map(({ name, data }) => [name, data.map(({ type }) => type).join()]),
    ['dense', 'LEGCNet-FT', 'LEGCNet-PT'].map(name => [`${name}, layer 1`, 'histogram,histogram']),
  );
});

test('figure 6 is a figure for each network of Cancer', {
  skip: skipUnless(...trainingFiles('cancer')),
}, () => {
  const { out } = legcnet(['figure', '6', '--json']);
  const specs = JSON.parse(out) as { name: string; data: { type: string; x: number[] }[] }[];
  assert.deepEqual(
    specs.map(({ name }) => name),
    ['cancer, dense', 'cancer, FT', 'cancer, PT'],
  );
  for (const { data } of specs) {
    assert.deepEqual(
      data.map(({ type }) => type),
      ['bar', 'scatter'],
    );
    // Nine bars, longest first, beside the paper's.
    assert.equal(data[0].x.length, 9);
    assert.ok(data[0].x.every((value, i, all) => i === 0 || value <= all[i - 1]));
    assert.ok(data[0].x.every((value, i) => Math.abs(value - data[1].x[i]) < 0.0005));
  }
  const text = legcnet(['figure', '6', '--network', 'dense', '--network', 'random']).out.trim().split('\n');
  assert.match(text[0], /^cancer, dense: .* within 0\.0002\d* of the paper's bars, same order\.$/);
  assert.match(text[1], /^cancer, random: .* another order\. The paper's random mask is not published/);
});
