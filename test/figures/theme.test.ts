import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as legcnet from '../../src';
import { decimate } from '../../src/figures/decimate';
import { figure, type Layout } from '../../src/figures/figure';
import { darkColours, isThemed, lineColours, palette } from '../../src/figures/theme';
import { inDark } from '../../src/notebook/inDark';
import { fuzz } from '../support/awkwardSeries';
import { gallery } from './gallery';

/** Figures of runs, audits and pictures, which their own tests draw: they are not in the gallery yet. */
const elsewhere: ReadonlySet<string> = new Set([
  'activationSlopeFigure',
  'classBalanceFigure',
  'featureFigure',
  'flowFigure',
  'imageFigure',
  'methodFigure',
  'networkFigure',
  'overviewFigure',
  'questionFigure',
  'theoremFigure',
]);

test('every figure of the package is in the gallery', async () => {
  const shown = new Set(Object.keys(await gallery()).map(name => name.split(',')[0]));
  const made = Object.keys(legcnet).filter(name => /.Figure$/.test(name));
  assert.ok(made.length > 25);
  assert.deepEqual(
    made.filter(name => !shown.has(name) && !elsewhere.has(name)),
    [],
  );
});

/** Axes without a title, and why. Axes whose ticks are names (features, runs, data sets, layers) need none. */
const untitled: Readonly<Record<string, string>> = {
  'alphaFigure yaxis': 'the heading of the panel names it',
  'alphaFigure yaxis2': 'the heading of the panel names it',
  'alphaFigure xaxis': 'shared with the panel below',
  'surrogateFigure xaxis': 'shared with the panel below',
  'surrogateFigure yaxis2': 'shared with the panel to the left',
  'surrogateFigure yaxis3': 'shared with the panel to the left',
  'randomizedFigure yaxis2': 'shared with the panel to the left',
  'randomizedFigure yaxis3': 'shared with the panel to the left',
  'nullFigure yaxis2': 'shared with the panel to the left',
  'stationarityFigure yaxis3': 'shared with the panel to the left',
  'stationarityFigure yaxis4': 'shared with the panel to the left',
  'shapleyPanelFigure xaxis': 'shared with the middle panel',
  'shapleyPanelFigure xaxis3': 'shared with the middle panel',
  'comparisonFigure yaxis': 'its ticks are quantities',
};

test('every axis says what it shows', async () => {
  const bare = Object.entries(await gallery()).flatMap(([name, { layout }]) =>
    Object.entries(layout).flatMap(([key, value]) => {
      if (!/^[xy]axis\d*$/.test(key)) return [];
      const { title, ticktext } = value as { title?: { text?: string }; ticktext?: unknown };
      return title?.text || ticktext !== undefined ? [] : [`${name} ${key}`];
    }),
  );
  assert.deepEqual(bare.sort(), Object.keys(untitled).sort());
});

test('every figure tells its main numbers in words', async () => {
  for (const [name, { summary }] of Object.entries(await gallery('feature'))) {
    assert.match(summary, /\d/, name);
    assert.ok(summary.length > 60 && summary.endsWith('.'), `${name}: ${summary}`);
  }
});

/** Every colour of a drawing with the path that it stands at. */
function coloursOf(value: unknown, path: string, isColour = false): [string, string][] {
  if (typeof value === 'string') return isColour ? [[path, value]] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    coloursOf(item, `${path}.${key}`, isColour || /color(scale|way)?$/.test(key)),
  );
}

test('every colour of every figure is one of the theme, so that a dark page has one for it', async () => {
  const known = new Set([...Object.keys(darkColours), palette.white, 'rgba(0,0,0,0)']);
  for (const [name, { data, layout }] of Object.entries(await gallery())) {
    assert.ok(isThemed(layout), name);
    for (const [path, colour] of coloursOf({ data, layout: { ...layout, colorway: [] } }, name)) {
      assert.ok(known.has(colour), `${path}: ${colour}`);
    }
  }
});

test('inDark exchanges colours, not words, and leaves drawings with a background of their own alone', () => {
  const { data, layout } = figure(
    [{ type: 'bar', name: '#0072B2', marker: { color: ['#0072B2', 'constructor', 3] } }],
    { paper_bgcolor: '#FFFFFF', title: { text: '#222222' } },
    'x',
  );
  assert.deepEqual(inDark({ data, layout }, darkColours, 'rgb(1, 2, 3)'), {
    data: [{ type: 'bar', name: '#0072B2', marker: { color: ['#3D9BE0', 'constructor', 3] } }],
    layout: { paper_bgcolor: 'rgb(1, 2, 3)', title: { text: '#222222' } },
  });
  assert.ok(!isThemed(layout) && !isThemed({ paper_bgcolor: '#FFFFE0', font: { color: palette.ink } }));
});

/** Linear light of `#RRGGBB`: IEC 61966-2-1. */
function linear(colour: string): number[] {
  return [1, 3, 5].map(i => {
    const c = Number.parseInt(colour.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
}

function luminance(colour: string): number {
  const [r, g, b] = linear(colour);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.2, relative contrast. */
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

test('lines have a contrast of 3 and text of 4.5 with the page, light and dark', () => {
  const dark = (colour: string): string => darkColours[colour];
  for (const page of ['#111111', '#1E1E1E']) {
    for (const colour of [...lineColours, palette.grey]) assert.ok(contrast(dark(colour), page) >= 3, colour);
    for (const colour of [palette.ink, palette.soft]) assert.ok(contrast(dark(colour), page) >= 4.5, colour);
  }
  for (const colour of [...lineColours, palette.grey]) assert.ok(contrast(colour, '#FFFFFF') >= 3, colour);
  for (const colour of [palette.ink, palette.soft]) assert.ok(contrast(colour, '#FFFFFF') >= 4.5, colour);
});

/** Machado, Oliveira and Fernandes (2009), severity 1, on linear light. */
const visions: Readonly<Record<string, readonly (readonly number[])[]>> = {
  trichromat: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanope: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranope: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanope: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** CIE L*a*b* (D65) of a colour as someone sees it. */
function seen(colour: string, vision: readonly (readonly number[])[]): number[] {
  const light = linear(colour);
  const [r, g, b] = vision.map(row =>
    Math.min(1, Math.max(0, row[0] * light[0] + row[1] * light[1] + row[2] * light[2])),
  );
  const [x, y, z] = [
    (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
    0.2126 * r + 0.7152 * g + 0.0722 * b,
    (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
  ].map(t => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

test('colours of lines stay apart for readers of any colour vision, light and dark', () => {
  for (const colours of [lineColours, lineColours.map(colour => darkColours[colour])]) {
    for (const [name, vision] of Object.entries(visions)) {
      const places = colours.map(colour => seen(colour, vision));
      places.forEach((one, i) => {
        places.slice(i + 1).forEach((other, j) => {
          const distance = Math.hypot(...one.map((value, c) => value - other[c]));
          // About 2 can just be told apart side by side.
          assert.ok(distance >= 15, `${name}: ${colours[i]} and ${colours[i + 1 + j]} are ${distance} apart`);
        });
      });
    }
  }
});

fuzz(
  'decimate keeps the lowest and the highest number of each stretch, and every one that stands out of its neighbours over a stretch',
  fc.tuple(
    fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(Number.NaN)), {
      minLength: 30,
      maxLength: 400,
    }),
    fc.integer({ min: 4, max: 29 }),
  ),
  ([values, limit]) => {
    const series = Float64Array.from(values);
    const { x, y } = decimate(series, limit);
    assert.ok(x.length <= limit);
    const kept = new Set(y);
    const runs = Math.floor((limit - 2) / 2);
    const widest = Math.ceil((series.length - 2) / runs);
    for (let i = 1; i < series.length - 1; i++) {
      const near = series.subarray(Math.max(1, i - widest), Math.min(series.length - 1, i + widest + 1));
      const present = near.filter(Number.isFinite);
      if (!Number.isFinite(series[i])) continue;
      const [low, high] = [
        present.reduce((a, b) => Math.min(a, b)),
        present.reduce((a, b) => Math.max(a, b)),
      ];
      if (series[i] === low || series[i] === high) assert.ok(kept.has(series[i]), `${series[i]} at ${i}`);
    }
  },
);

test('an infinite value hides no peak, and a shortened line says so', () => {
  const series = Float64Array.from({ length: 1000 }, (_, i) => (i === 500 ? Infinity : i === 501 ? 7 : 0));
  assert.ok(decimate(series, 20).y.includes(7));
});

test('a line drawn with fewer points than it has says how many, a whole one does not', async () => {
  const noteOf = async (kind: string): Promise<string> =>
    ((await gallery())[kind].layout.title as Layout as { text: string }).text;
  assert.match(await noteOf('trajectoryFigure'), /1.000 of 20.000 points a line, no peak lost/);
  assert.doesNotMatch(await noteOf('trajectoryFigure, difference'), /a line/);
  assert.match(await noteOf('growthFigure'), /500 of 20.001 points a line/);
});
