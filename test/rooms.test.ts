import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../src/core/packageRoot';

const src = join(packageRoot, 'src');

/** What each room may import, itself and `core` aside. Figures take result types only. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  kernels: [],
  statistics: ['kernels'],
  data: ['statistics'],
  network: ['data', 'statistics', 'kernels'],
  chaos: ['network', 'data', 'statistics', 'kernels'],
  causality: ['chaos', 'network', 'statistics', 'kernels'],
  pruning: ['causality', 'chaos', 'network', 'data', 'statistics', 'kernels'],
  spectra: ['network', 'statistics', 'kernels'],
  explanation: ['network', 'data', 'statistics', 'kernels'],
  figures: ['explanation', 'spectra', 'pruning', 'causality', 'chaos', 'network', 'data'],
  study: [
    'figures',
    'explanation',
    'spectra',
    'pruning',
    'causality',
    'chaos',
    'network',
    'data',
    'statistics',
    'kernels',
  ],
  sweep: ['study', 'network', 'data', 'kernels'],
  queue: ['sweep', 'network'],
  notebook: [
    'sweep',
    'study',
    'figures',
    'explanation',
    'spectra',
    'pruning',
    'causality',
    'chaos',
    'network',
    'data',
  ],
  export: [
    'notebook',
    'study',
    'figures',
    'explanation',
    'spectra',
    'pruning',
    'causality',
    'chaos',
    'network',
    'data',
  ],
  commands: ['export', 'notebook', 'queue', 'sweep', 'study', 'figures', 'data', 'statistics'],
};

interface Import {
  /** Whether only types are taken, which leaves no trace in the compiled file. */
  readonly typesOnly: boolean;
  readonly from: string;
  readonly to: string;
  readonly room: string;
  readonly targetRoom: string;
}

const imports: Import[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts') && file.includes(sep))
  .flatMap(file => {
    const text = readFileSync(join(src, file), 'utf8');
    const found = text.matchAll(/^(?:import|export) ([^;]*?) from '(\.[^']*)'/gms);
    return [...found].map(([, names, path]) => {
      const to = relative(src, resolve(src, dirname(file), path));
      return {
        typesOnly: /^type /.test(names),
        from: file,
        to,
        room: file.split(sep)[0],
        targetRoom: to.split(sep)[0],
      };
    });
  });

test('every room of src has its place in the order', () => {
  const rooms = readdirSync(src, { withFileTypes: true }).filter(entry => entry.isDirectory());
  assert.deepEqual(
    rooms.map(({ name }) => name).filter(name => !(name in mayImport)),
    [],
  );
});

test('imports point downwards only', () => {
  assert.ok(imports.length > 100);
  const wrong = imports.filter(
    ({ room, targetRoom }) =>
      room !== targetRoom && targetRoom !== 'core' && !mayImport[room].includes(targetRoom),
  );
  assert.deepEqual(
    wrong.map(({ from, to }) => `${from} imports ${to}`),
    [],
  );
});

test('figures take nothing but types from the rooms whose results they draw', () => {
  const wrong = imports.filter(
    ({ room, targetRoom, typesOnly }) =>
      room === 'figures' && !['figures', 'core'].includes(targetRoom) && !typesOnly,
  );
  assert.deepEqual(
    wrong.map(({ from, to }) => `${from} imports ${to}`),
    [],
  );
});
