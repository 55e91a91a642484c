import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkOptions, longRunOptions, type OptionNames } from '../../src/core/options';

interface Options {
  readonly seed: number;
  readonly learningRate?: number;
  readonly stop?: string;
}

const names: OptionNames<Options> = { seed: true, learningRate: true, stop: true };

describe('checkOptions', () => {
  test('lets known names pass, also without a value', () => {
    checkOptions({}, names, 'run');
    checkOptions({ seed: 1, stop: undefined }, names, 'run');
  });

  test('names what came instead of an object', () => {
    const cases: [unknown, RegExp][] = [
      [undefined, /^Cannot run: options must be an object, undefined came$/],
      [null, /null came$/],
      ['seed', /'seed' came$/],
      [7, /7 came$/],
      [[1, 2], /an array of length 2 came$/],
      [new Float64Array(3), /an array of length 3 came$/],
      [() => 1, /a function came$/],
    ];
    for (const [options, message] of cases) {
      assert.throws(() => checkOptions(options, names, 'run'), { name: 'TypeError', message });
    }
  });

  test('offers the nearest name, or none when all are far', () => {
    const throws = (name: string, message: RegExp): void =>
      assert.throws(() => checkOptions({ [name]: 1 }, names, 'run'), { name: 'TypeError', message });
    throws(
      'sede',
      /^Cannot run: there is no option 'sede', perhaps 'seed' was meant; options are seed, learningRate, stop$/,
    );
    throws('learning_rate', /perhaps 'learningRate' was meant/);
    throws('LearningRate', /perhaps 'learningRate' was meant/);
    throws('sotp', /perhaps 'stop' was meant/);
    throws('lr', /^Cannot run: there is no option 'lr'; options are/);
    throws('constructor', /there is no option 'constructor'/);
  });
});

test('longRunOptions leaves everything else behind', () => {
  const { signal } = new AbortController();
  const onProgress = (): void => {};
  const more = { masks: 'published', signal, onProgress };
  assert.deepEqual(longRunOptions(more), { signal, onProgress });
  assert.deepEqual(longRunOptions({}), {});
});
