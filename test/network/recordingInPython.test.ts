import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { packageRoot } from '../../src/core/packageRoot';
import { flattenParameters } from '../../src/network/parameters';
import type { Recording } from '../../src/network/recording';
import { recordTraining } from '../../src/network/recordTraining';
import { recordTwin } from '../../src/network/recordTwin';
import { dataset, network, options } from './storedRuns';

const python = join(packageRoot, '.venv', 'bin', 'python');
const script = join(packageRoot, 'test', 'network', 'recordingInPython.py');
const skip =
  spawnSync(python, ['-c', 'import zarr, xarray']).status === 0
    ? false
    : 'no .venv with zarr and xarray (`npm test` makes it from Python 3.11 on)';

const above = mkdtempSync(join(tmpdir(), 'legcnet-python-'));
after(() => rmSync(above, { recursive: true }));

interface Found {
  readonly zarr: Readonly<Record<string, string>>;
  readonly xarray: Readonly<Record<string, string>>;
  readonly alone: Readonly<Record<string, string>>;
  readonly about: Readonly<Record<string, readonly string[]>>;
  readonly dims: Readonly<Record<string, readonly string[]>>;
  readonly sizes: Readonly<Record<string, number>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly window: string;
}

function inPython(folder: string): Found {
  const { status, stdout, stderr } = spawnSync(python, ['-W', 'error', script, folder], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

function sha256(values: Float64Array): string {
  return createHash('sha256').update(values).digest('hex');
}

/** columns x length as length x columns. */
function turned(series: Float64Array, length: number): Float64Array {
  const columns = series.length / length;
  return Float64Array.from(series, (_, i) => series[(i % columns) * length + Math.floor(i / columns)]);
}

/** Biases at every iterate, one iterate after another. */
async function biasesOf(recording: Recording): Promise<Float64Array> {
  const rows: number[] = [];
  for (let t = 0; t < recording.iterates; t++) {
    for (const biases of (await recording.networkAt(t)).biases) rows.push(...biases);
  }
  return Float64Array.from(rows);
}

test('zarr and xarray of Python read the numbers of a twin, without a warning', { skip }, async () => {
  const store = join(above, 'twin');
  const twin = await recordTwin(network, dataset, { ...options, store });
  const found = inPython(store);
  const { iterates, weights, logNorm } = twin;
  const memory = await recordTraining(network, dataset, options);
  const series = (await memory.readWindow(0, iterates)).series;
  const expected = {
    difference: sha256(turned((await twin.readWindow(0, iterates)).series, iterates)),
    final: sha256(flattenParameters(twin.final)),
    growth: sha256(new Float64Array(iterates).fill(1)),
    initial: sha256(flattenParameters(network)),
    log_norm: sha256(logNorm),
    others: sha256(await biasesOf(memory)),
    weights: sha256(turned(series, iterates)),
  };
  for (const reader of ['zarr', 'xarray', 'alone'] as const) assert.deepEqual(found[reader], expected);
  for (const name of Object.keys(expected)) assert.equal(found.about[name][1], '1');
  assert.equal(found.about.weights[0], 'weights at every iterate');
  assert.match(found.about.log_norm[0], /natural logarithm of the Euclidean norm/);
  assert.deepEqual(found.dims.weights, ['iterate', 'weight']);
  assert.deepEqual(found.dims.difference, ['iterate', 'weight']);
  assert.deepEqual(found.sizes, { iterate: 721, weight: 700, other: 103, parameter: 803 });
  assert.equal(weights, 700);

  const corner = [0, 699].flatMap(w => Array.from(series.subarray(w * iterates + 195, w * iterates + 205)));
  assert.equal(found.window, sha256(turned(Float64Array.from(corner), 10)));

  const { attributes } = found;
  const {
    network: stored,
    settings,
    seed,
    weight_order,
    legcnet,
    status,
  } = attributes as Record<string, never>;
  assert.deepEqual(stored, {
    kind: 'network',
    layers: [4, 100, 3],
    activation: 'sigmoid',
    output: 'sigmoid',
  });
  assert.deepEqual(settings, twin.settings);
  assert.deepEqual([seed, status], [null, 'complete']);
  assert.match(weight_order, /layers in order, each row-major out x in/);
  assert.match(legcnet, /^\d+\.\d+\.\d+$/);
});
