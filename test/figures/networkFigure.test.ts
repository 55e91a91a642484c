import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkFigure } from '../../src/figures/networkFigure';
import { createNetwork } from '../../src/network/createNetwork';
import { createMask } from '../../src/network/mask';
import { networkFromWeights } from '../../src/network/networkFromWeights';
import { withParameters } from '../../src/network/parameters';

const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
const lines = (figure: ReturnType<typeof networkFigure>, name?: string) =>
  figure.data
    .filter(({ mode }) => mode === 'lines')
    .filter(trace => name === undefined || trace.name === name)
    .reduce((sum, { x }) => sum + (x as unknown[]).length / 3, 0);

test('every weight has its line, every removed one a dotted one', () => {
  const figure = networkFigure(network, { mask: createMask([4, 6, 3], [0, 5, 41], 'three') });
  assert.equal(lines(figure), 42);
  assert.equal(lines(figure, 'removed'), 3);
  assert.match(figure.summary, /Network 4-6-3: 3 of 42 weights removed/);
});

test('sign and size show: 1, −1 and 0.1 of three weights', () => {
  const small = networkFromWeights({
    layers: [3, 1],
    activation: 'identity',
    output: 'identity',
    weights: [Float64Array.of(1, -1, 0.1)],
    biases: [Float64Array.of(0)],
  });
  const { data } = networkFigure(small);
  const drawn = data.filter(({ mode }) => mode === 'lines');
  assert.deepEqual(
    drawn.map(({ name, line }) => [name, (line as { width: number }).width]),
    [
      ['negative', 3.2],
      ['positive', 0.7],
      ['positive', 3.2],
    ],
  );
  // The first weight comes from the input at the top.
  assert.deepEqual(drawn[2].y, [1, 0.5, null]);
});

test('large layers show some of their units and how many there are', () => {
  const large = networkFigure(createNetwork({ layers: [784, 50, 10], seed: 1 }), { units: 9 });
  assert.equal(lines(large), 8 * 8 + 8 * 8);
  const texts = (large.layout.annotations as { text: string }[]).map(({ text }) => text);
  assert.ok(
    texts.includes('<b>… 784</b>') && texts.includes('<b>… 10</b>') && texts.includes('x<sub>784</sub>'),
  );
});

test('names of users are text, and weights that are no numbers are drawn', () => {
  const bad = withParameters(network, new Float64Array(51).fill(Number.NaN));
  const figure = networkFigure(bad, { inputs: ['<b>a', 'b', 'c', 'd'] });
  assert.equal(lines(figure), 42);
  assert.ok((figure.layout.annotations as { text: string }[]).some(({ text }) => text === '&lt;b&gt;a'));
});

test('what is no network, another mask or too few units is refused in words', () => {
  assert.throws(() => networkFigure({} as never), /a network is required/);
  assert.throws(() => networkFigure(network, { mask: createMask([4, 5, 3], [], 'none') }), /a 4-6-3 network/);
  assert.throws(() => networkFigure(network, { units: 1 }), RangeError);
});
