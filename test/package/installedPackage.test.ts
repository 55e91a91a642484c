import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { packageRoot } from '../../src/core/packageRoot';
import { danfoSkip } from '../support/danfo';
import { KernelClient, kernelSkip } from '../support/kernelClient';
import { Project } from './project';
import { packageScript } from './scripts';

const project = new Project();
after(() => project.remove());

const installed = join(project.folder, 'node_modules', 'legcnet');
const kernelFile = join(project.jupyter, 'kernels', 'legcnet', 'kernel.json');
const NO_REGISTRY =
  /ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|ERR_SOCKET_TIMEOUT|E401|E403|E5\d\d/;
const pkg = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));

interface Locked {
  readonly name?: string;
  readonly version: string;
  readonly resolved?: string;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
}

/** What set-up itself says about a machine that it cannot serve. */
const bindingSkip = danfoSkip === false ? false : 'TensorFlow’s native binding is not built here';

/** Cells of a notebook and what they print. */
const cells: readonly (readonly [code: string, answer: RegExp])[] = [
  [
    `import { createNetwork, init, loadDataset, loadTensorFlow, recordTraining } from 'legcnet';
init();
const iris = await loadDataset('iris');
const network = createNetwork({ layers: [4, 6, 3], init: { name: 'normal', sd: 0.1 }, seed: 1 });
const recording = await recordTraining(network, iris, { epochs: 2, learningRate: 0.05 });
console.log(iris.train.rows, recording.iterates);`,
    // 120 rows an epoch, one update each, and the start.
    /^ok: 120 241\s/,
  ],
  ['const rows: string = iris.train.rows;', /^error: .*number.*string/s],
  // The kernel writes down the type of each variable, which it must be able to name.
  [
    `const tf = await loadTensorFlow();
const product = tf.matMul([[1, 2]], [[3], [4]]);
console.log(tf.getBackend(), product.arraySync());`,
    /^ok: tensorflow \[ \[ 11 \] \]\s/,
  ],
  [
    `const frame = await iris.table;
const head = frame.head(2);
console.log(head.shape, frame.column(frame.columns[0]).mean().toFixed(4));`,
    // Fisher's 150 sepal lengths have the mean 5.8433.
    /^ok: \[ 2, 5 \] 5\.8433\s/,
  ],
];

test('the packed package in an empty project', async t => {
  const { file, files, size } = await (await packageScript('pack.mjs')).pack(join(project.folder, '..'));
  await t.test('is a file of less than 8 MB', () => assert.ok(size < 8e6, `${size}`));

  const install = await project.run('npm', ['install', file, '--prefer-offline', '--no-audit', '--no-fund']);
  if (install.code !== 0 && NO_REGISTRY.test(install.output))
    return t.skip('the npm registry does not answer');

  await t.test('is installed by npm alone, without a word about an error', () => {
    assert.equal(install.code, 0, install.output);
    assert.doesNotMatch(install.output, /npm (error|warn (ERESOLVE|EBADENGINE|deprecated))/i);
  });

  const lock: Record<string, Locked> = JSON.parse(
    readFileSync(join(project.folder, 'package-lock.json'), 'utf8'),
  ).packages;
  const placed = (name: string): [string, Locked][] =>
    Object.entries(lock).filter(([path]) => path.endsWith(`node_modules/${name}`));

  await t.test('comes from the registry whole, with one copy of TensorFlow.js and of danfo', () => {
    const others = Object.entries(lock).filter(
      ([path, { inBundle }]) => path !== '' && path !== 'node_modules/legcnet' && !inBundle,
    );
    // A registry's addresses have this form, where npm writes them down at all; git and other web addresses have not.
    const foreign = others.filter(([, { resolved = '/-/.tgz' }]) => !/\/-\/.*\.tgz$/.test(resolved));
    assert.deepEqual(foreign, []);
    for (const name of [
      '@tensorflow/tfjs',
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-node',
      'danfojs-node',
    ]) {
      assert.equal(placed(name).length, 1, name);
    }
    assert.equal(lock['node_modules/legcnet'].hasInstallScript, undefined);
    assert.deepEqual(
      Object.entries(lock).flatMap(([path, { hasInstallScript }]) => (hasInstallScript ? [path] : [])),
      // The kernel's sockets, which bring their binary along, and a library that asks for donations.
      ['node_modules/core-js', 'node_modules/zeromq'],
    );
  });

  await t.test('gets the versions that our overrides ask for, although those do not travel', () => {
    const { packages } = JSON.parse(readFileSync(join(packageRoot, 'package-lock.json'), 'utf8'));
    const overrides = Object.entries<string>(pkg.overrides);
    for (const [name, wanted] of overrides.filter(([each]) => !packages[`node_modules/${each}`].dev)) {
      const [, alias, version] = /^(?:npm:(.+)@)?([^@]+)$/.exec(
        wanted.replace(/^\$(.*)$/, (_, own) => pkg.dependencies[own]),
      )!;
      for (const [path, found] of placed(name)) {
        assert.equal(found.version, version, path);
        if (alias !== undefined) assert.equal(found.name, alias, path);
      }
      assert.ok(placed(name).length > 0, name);
    }
  });

  await t.test('holds every file that was packed', () => {
    const found = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    assert.deepEqual(
      found.filter(path => statSync(join(installed, path)).isFile()).sort(),
      [...files].sort(),
    );
  });

  await t.test('says before set-up what is missing and how to get it', async () => {
    const { code, output } = await project.legcnet('setup', '--check');
    assert.equal(code, 1);
    assert.match(output, /TensorFlow binding: missing/);
    assert.match(output, /notebook kernel: missing/);
    const script = "require('legcnet').loadTensorFlow().then(() => 0, error => console.log(error.message))";
    const loaded = await project.run(process.execPath, ['-e', script]);
    assert.match(loaded.output, /^Cannot load .* native binding, which `npx legcnet setup` makes: /);
  });

  await t.test('computes without set-up', async () => {
    const { code, output } = await project.legcnet('table', '1', '--dataset', 'iris');
    assert.equal(code, 0, output);
    assert.match(output, /iris +5 +42 =/);
  });

  await t.test('refuses by name what only a clone can do, and changes nothing of its own', async () => {
    for (const args of [
      ['bench', 'numerics'],
      ['notebooks'],
      ['notebook', 'quickstart', '--publish'],
      ['theorem', '--recompute', '--save'],
      ['table', '4', '--recompute', '--save'],
      ['mnist', '--init', '1', '--save'],
      ['vowel', '--remake'],
      ['masks', '--remake'],
    ]) {
      const { code, output } = await project.legcnet(...args);
      assert.equal(code, 1, args.join(' '));
      assert.match(output, /takes a clone of the repository: /, args.join(' '));
    }
  });

  await t.test(
    'says in its usage that benchmarks take a clone, and in one sentence when they are asked for',
    async () => {
      const usage = await project.legcnet('bench', '--help');
      assert.match(usage.output, /legcnet bench [\s\S]*in a clone of the repository only/);
      for (const args of [['bench'], ['bench', '--compare'], ['bench', 'limits', '--quick', '--json']]) {
        const { code, output } = await project.legcnet(...args);
        assert.equal(code, 1);
        assert.match(output, /^legcnet bench takes a clone of the repository: the benchmarks .*\n$/);
      }
    },
  );

  await t.test('a kernel that starts another copy of the package stays', async () => {
    const starter = join(packageRoot, 'kernel', 'start.js');
    const other = JSON.stringify({
      argv: [process.execPath, '', starter],
      metadata: { legcnet: { heap: 1 } },
    });
    mkdirSync(join(kernelFile, '..'), { recursive: true });
    writeFileSync(kernelFile, other);
    const { code, output } = await project.legcnet('setup', 'kernel');
    assert.equal(code, 0, output);
    assert.match(output, /stays; `npx legcnet kernel install` makes it start this copy/);
    assert.equal(readFileSync(kernelFile, 'utf8'), other);
    rmSync(kernelFile);
  });

  await t.test(
    'is set up by its own command, which leaves the project alone',
    { skip: bindingSkip },
    async () => {
      const { code, output } = await project.legcnet('setup');
      assert.equal(code, 0, output);
      assert.match(output, /TensorFlow binding: (compiled|ran) .* multiplied two matrices/);
      assert.ok(
        JSON.parse(readFileSync(kernelFile, 'utf8')).argv.includes(join(installed, 'kernel', 'start.js')),
      );
      assert.equal((await project.legcnet('setup', '--check')).code, 0);
      assert.deepEqual(readdirSync(project.folder).sort(), [
        'node_modules',
        'package-lock.json',
        'package.json',
      ]);
    },
  );

  const plainKernel = join(project.jupyter, 'plain.json');
  const tslab = join(project.folder, 'node_modules', 'tslab', 'bin', 'tslab');
  for (const [name, kernel] of [
    ['the kernel that set-up has installed', kernelFile],
    ['tslab’s own kernel', plainKernel],
  ] as const) {
    await t.test(`cells run with types in ${name}`, { skip: bindingSkip || kernelSkip }, async () => {
      const argv = [process.execPath, tslab, 'kernel', '--config-path', '{connection_file}'];
      writeFileSync(plainKernel, JSON.stringify({ argv, display_name: 'plain', language: 'typescript' }));
      const client = await KernelClient.start({ project: { folder: project.folder, kernel } });
      try {
        for (const [code, answer] of cells) {
          const { status, outputs } = await client.run(code, { timeout: 120 });
          assert.match(`${status}: ${outputs.map(({ text = '' }) => text).join('')}`, answer, code);
        }
      } finally {
        await client.close();
      }
    });
  }

  await t.test(
    'the runner executes a notebook of the project; images name what they need',
    {
      skip: bindingSkip,
    },
    async () => {
      writeFileSync(
        join(project.folder, 'mine.ts'),
        `// %%
import { loadDataset, lossFigure, createNetwork, train } from 'legcnet';
const iris = await loadDataset('iris');
const network = createNetwork({ layers: [4, 3], init: { name: 'normal', sd: 0.1 }, seed: 1 });
// %%
lossFigure(await train(network, iris, { epochs: 3, learningRate: 0.05 }))
`,
      );
      const run = await project.legcnet('notebook', 'mine.ts');
      assert.equal(run.code, 0, run.output);
      assert.ok(existsSync(join(project.folder, 'reports', 'mine.html')));
      const { output } = await project.legcnet('export', join('reports', 'mine.ipynb'));
      assert.match(output, /PNG and SVG: .* (npm install playwright-core|install one or set CHROMIUM)/);
    },
  );
});
