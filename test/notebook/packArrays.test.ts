import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findChromium, withChromium } from '../../src/notebook/chromium';
import { type PackedNumbers, packArrays } from '../../src/notebook/packArrays';
import { plotlySource } from '../../src/notebook/plotlyEmbed';
import { gallery } from '../figures/gallery';
import { fuzz } from '../support/awkwardSeries';

const skip = findChromium() === null ? 'no Chromium on this machine' : false;

const arrays = {
  i1: Int8Array,
  u1: Uint8Array,
  i2: Int16Array,
  u2: Uint16Array,
  i4: Int32Array,
  u4: Uint32Array,
  f4: Float32Array,
  f8: Float64Array,
};

function unpacked({ dtype, bdata }: PackedNumbers): number[] {
  const bytes = Uint8Array.from(Buffer.from(bdata, 'base64'));
  return [...new arrays[dtype](bytes.buffer)];
}

/** Twenty numbers or more, or the list itself. */
function round(list: readonly (number | null)[], key = 'y'): { dtype: string; values: unknown } {
  const [made] = packArrays([{ type: 'scatter', [key]: list }]) as unknown as Record<
    string,
    PackedNumbers | unknown[]
  >[];
  const packed = made[key];
  return Array.isArray(packed)
    ? { dtype: 'list', values: packed }
    : { dtype: packed.dtype, values: unpacked(packed) };
}

const list = (value: (i: number) => number | null, length = 30): (number | null)[] =>
  Array.from({ length }, (_, i) => value(i));

test('whole numbers take the fewest bytes that hold them, others four where six digits are enough', () => {
  const cases: [string, (i: number) => number][] = [
    ['u1', i => 200 + i],
    ['i1', i => i - 100],
    ['u2', i => 1000 * i],
    ['i2', i => -1000 * (i + 1)],
    ['u4', i => 1e8 * i],
    ['i4', i => -7e7 * (i + 1)],
    ['f4', i => Number((i / 7).toPrecision(6))],
  ];
  for (const [dtype, value] of cases) {
    const packed = round(list(value));
    assert.equal(packed.dtype, dtype);
    if (dtype !== 'f4') assert.deepEqual(packed.values, list(value));
  }
  assert.equal(round(list(i => 1e-300 * (i + 1 / 3))).dtype, 'f8');
  const thirds = { type: 'histogram', x: list(i => 1e9 + i / 3) };
  assert.equal((packArrays([thirds])[0].x as PackedNumbers).dtype, 'f8');
  // What a label prints as it is stays exact.
  assert.equal(
    round(
      list(i => Number((i / 7).toPrecision(6))),
      'customdata',
    ).dtype,
    'list',
  );
});

test('gaps of a line become NaN; elsewhere they stay what they are', () => {
  const gapped = list(i => (i === 3 ? null : i / 7));
  const { values } = round(gapped);
  assert.ok(Number.isNaN((values as number[])[3]));
  assert.deepEqual(round(gapped, 'customdata').values, gapped);
});

test('a matrix is packed as a whole, with its shape; ragged rows and rows of other keys stay', () => {
  const rows = Array.from({ length: 20 }, (_, r) =>
    list(c => (r === 2 && c === 3 ? null : Number(((30 * r + c) / 7).toPrecision(6)))),
  );
  const [{ z }] = packArrays([{ type: 'heatmap', z: rows }]);
  const { shape, ...packed } = z as PackedNumbers;
  assert.equal(shape, '20, 30');
  const values = unpacked(packed);
  assert.equal(values.length, 600);
  assert.ok(Number.isNaN(values[63]));
  assert.equal(Number(values[599].toPrecision(6)), 85.5714);
  const others = [
    { type: 'heatmap', z: [...rows, [1, 2]] },
    { type: 'scatter', customdata: rows },
  ];
  assert.deepEqual(packArrays(others), others);
});

test('short lists, texts, mixtures and what is packed already stay', () => {
  const data = [
    {
      type: 'scatter',
      x: [1, 2, 3],
      y: list(i => i).map(String),
      color: [...list(i => i), '#888888'],
      z: { dtype: 'f4', bdata: 'AAAA' },
    },
  ];
  assert.deepEqual(packArrays(data), data);
});

fuzz(
  'packed coordinates are the numbers themselves to six digits, and never longer than the list',
  fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constant(null)), {
    maxLength: 60,
  }),
  values => {
    const short = values.map(value => (value === null ? null : Number(value.toPrecision(6))));
    const { dtype, values: back } = round(short);
    if (dtype === 'list') assert.deepEqual(back, short);
    else {
      assert.deepEqual(
        (back as number[]).map(value => (Number.isNaN(value) ? null : Number(value.toPrecision(6)))),
        short.map(value => (value === 0 ? 0 * (dtype.startsWith('f') ? (value as number) : 1) : value)),
      );
    }
    assert.ok(
      JSON.stringify(packArrays([{ type: 'scatter', y: short }])).length <=
        JSON.stringify([{ type: 'scatter', y: short }]).length,
    );
  },
);

test('Plotly draws packed figures as it draws lists', { skip }, async () => {
  const figures = Object.entries(await gallery()).map(([name, { data, layout }]) => ({ name, data, layout }));
  const { different, pictures } = await withChromium(async browser => {
    const page = await browser.newPage();
    await page.setContent('<!doctype html><div id="plot"></div>');
    await page.addScriptTag({ content: plotlySource('cartesian') });
    const pairs = figures.map(each => ({ ...each, packed: packArrays(each.data) }));
    // Coordinates of paths and pixels of heat maps in order; ids and clips are drawn by lot.
    return page.evaluate<{ different: string[]; pictures: number }>(`(async () => {
      const paths = async (data, layout) => {
        await Plotly.newPlot("plot", structuredClone(data), structuredClone(layout));
        const drawn = [...document.querySelectorAll("#plot .plot path, #plot .plot text, #plot image, #plot .xtick text")];
        return drawn.map(each => (each.href && each.href.baseVal) || (each.getAttribute("d") || each.textContent) + (each.getAttribute("transform") || ""));
      };
      const numbers = text => (text.match(/-?[0-9.]+/g) || []).map(Number);
      const different = [];
      let pictures = 0;
      for (const { name, data, packed, layout } of ${JSON.stringify(pairs)}) {
        const [one, other] = [await paths(data, layout), await paths(packed, layout)];
        const same = one.length > 0 && one.length === other.length && one.every((text, i) => {
          if (text.startsWith("data:")) return ++pictures && text === other[i];
          const [a, b] = [numbers(text), numbers(other[i])];
          return a.length === b.length && a.every((value, k) => Math.abs(value - b[k]) < 0.03);
        });
        if (!same) different.push(name);
      }
      return { different, pictures };
    })()`);
  });
  assert.deepEqual(different, []);
  assert.ok(pictures > 0);
});
