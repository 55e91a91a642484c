import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { buildableClone, ROOT, setup } from './scratchClone.js';

/** A clone with one AssemblyScript module, which the TypeScript compiler leaves alone. */
function simdClone(t: TestContext, source: string): string {
  const root = buildableClone(t, 'export const answer = 42;\n');
  const settings = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  writeFileSync(join(root, 'tsconfig.json'), JSON.stringify({ ...settings, exclude: ['src/kernels/simd'] }));
  mkdirSync(join(root, 'src', 'kernels', 'simd'), { recursive: true });
  writeFileSync(join(root, 'src', 'kernels', 'simd', 'twice.ts'), source);
  for (const name of ['assemblyscript', 'binaryen', 'long']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(root, 'node_modules', name));
  }
  return root;
}

const twice = 'export function twice(x: f64): f64 {\n  return x + x;\n}\n';

test('the build compiles AssemblyScript to WebAssembly, again when it is gone, and removes it with its source', async t => {
  const root = simdClone(t, twice);
  const module = join(root, 'dist', 'src', 'kernels', 'simd', 'twice.wasm');
  const { code, output } = await setup(root, ['build']);
  assert.equal(code, 0, output);
  assert.match(output, /twice\.ts to WebAssembly/);
  assert.deepEqual([...readFileSync(module).subarray(0, 4)], [0, ...Buffer.from('asm')]);
  rmSync(module);
  assert.match((await setup(root, ['--check', 'build'])).output, /build: outdated/);
  await setup(root, ['build']);
  assert.ok(existsSync(module));
  rmSync(join(root, 'src', 'kernels', 'simd', 'twice.ts'));
  await setup(root, ['build']);
  assert.ok(!existsSync(module));
});

test('a mistake in AssemblyScript fails the build and is told with its line', async t => {
  const root = simdClone(t, twice.replace('x + x', 'x + y'));
  const { code, output } = await setup(root, ['build']);
  assert.equal(code, 1);
  assert.match(output, /Tried: +asc, which compiles .*twice\.ts to WebAssembly/);
  assert.match(output, /Cannot find name 'y'/);
});
