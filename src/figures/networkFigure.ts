import { checkOptions, type OptionNames } from '../core/options';
import { requireKind, requireWhole } from '../core/require';
import type { Mask } from '../network/mask';
import type { Network } from '../network/network';
import { type Figure, figure, type Layout, type Trace } from './figure';
import { baseLayout, counted, label, palette, shortNumber, titled } from './theme';

/** Mask, names and number of units that `networkFigure` draws. */
export interface NetworkFigureOptions {
  /** Weights drawn as removed. Default: the network's own mask, if it has one. */
  readonly mask?: Mask;
  /** Units drawn of each layer; of larger ones the first and the last, with their number between. Default 9. */
  readonly units?: number;
  /** Names of the inputs. Default x1, x2, …. */
  readonly inputs?: readonly string[];
  /** Names of the outputs. Default y1, y2, …. */
  readonly outputs?: readonly string[];
  /** Default `Network 4-6-3`, the widths of its layers. */
  readonly title?: string;
}

const networkFigureOptionNames: OptionNames<NetworkFigureOptions> = {
  mask: true,
  units: true,
  inputs: true,
  outputs: true,
  title: true,
};

/** Widths of lines, for |weight| up to a third, two thirds and all of the largest. */
const lineWidths = [0.7, 1.7, 3.2] as const;

/** A unit that is drawn: its number from 0, and its height from 0 (lowest) to 1. */
interface Place {
  readonly unit: number;
  readonly y: number;
}

/**
 * The dense network of Figure 1 from its real weights: units in columns, a line a weight, vermillion for positive and blue for
 * negative ones, the thicker the larger, grey dashes for those that a mask removes. Biases are not drawn. Large layers show
 * their first and last units and how many there are.
 *
 * @throws TypeError unless a network came and a mask of its widths, RangeError for fewer than 2 units
 * @example
 * import { createNetwork, networkFigure } from 'legcnet';
 * const { summary } = networkFigure(createNetwork({ layers: [4, 6, 3], seed: 1 }));
 * summary; // 'Network 4-6-3: 42 weights, sigmoid units, sigmoid outputs, thicker lines: larger.'
 */
export function networkFigure(network: Network, options: NetworkFigureOptions = {}): Figure {
  const task = 'draw a network';
  checkOptions(options, networkFigureOptionNames, task);
  requireKind(network, 'network', task);
  const { layers } = network;
  const { mask = network.mask, units = 9, inputs, outputs, title = `Network ${layers.join('-')}` } = options;
  requireWhole(units, 2, 'units', task);
  if (mask !== null) requireKind(mask, 'mask', task);
  if (mask !== null && mask.layers.join() !== layers.join()) {
    throw new TypeError(
      `Cannot ${task}: a mask for a ${layers.join('-')} network is required, one for ${mask.layers.join('-')} came`,
    );
  }
  const tallest = Math.max(...layers.map(width => shownUnits(width, units).length));
  const places = layers.map(width => placesOf(width, units, tallest));
  const data = [...weightTraces(network, mask, places), unitTrace(layers, places)];
  const weights = network.weights.reduce((sum, matrix) => sum + matrix.length, 0);
  const drawn = places.slice(1).reduce((sum, here, l) => sum + here.length * places[l].length, 0);
  const removed =
    mask === null ? [] : [`${shortNumber(mask.removed)} of ${counted(weights, 'weight')} removed`];
  const notes = [
    ...(mask === null ? [counted(weights, 'weight')] : removed),
    `${network.activation} units, ${network.output} outputs`,
    'thicker lines: larger',
    ...(drawn < weights ? [`${shortNumber(drawn)} drawn`] : []),
  ];
  const layout = baseLayout(titled(title, notes), {
    height: 150 + 42 * tallest,
    margin: { l: 16, r: 16, t: 96, b: 16 },
    showlegend: true,
    xaxis: { visible: false, range: [-0.55, layers.length - 0.45], fixedrange: true },
    yaxis: { visible: false, range: [-0.1, 1.16], fixedrange: true },
    annotations: annotations(layers, places, { inputs, outputs }),
  });
  return figure(data, layout, `${title}: ${notes.join(', ')}.`);
}

/** The first half and the last of the units that are drawn; a gap of one place lies between where some are left out. */
function shownUnits(width: number, most: number): readonly number[] {
  if (width <= most) return Array.from({ length: width }, (_, unit) => unit);
  const first = Math.ceil((most - 1) / 2);
  const last = most - 1 - first;
  return Array.from({ length: most }, (_, p) =>
    p < first ? p : p === first ? -1 : width - last + p - first - 1,
  );
}

/** Places from the top, centred; the gap is left out. */
function placesOf(width: number, most: number, tallest: number): readonly Place[] {
  const shown = shownUnits(width, most);
  const step = tallest > 1 ? 1 / (tallest - 1) : 0;
  const top = 0.5 + (step * (shown.length - 1)) / 2;
  return shown.map((unit, p) => ({ unit, y: top - p * step })).filter(({ unit }) => unit >= 0);
}

/** A trace a sign and width of line, so that a network of a thousand lines stays a handful of traces. */
function weightTraces(
  { layers, weights }: Network,
  mask: Mask | null,
  places: readonly (readonly Place[])[],
): readonly Trace[] {
  const largest = weights.map(matrix =>
    matrix.reduce((most, weight) => Math.max(most, Math.abs(weight) || 0), 0),
  );
  const lines = new Map<string, (number | null)[][]>();
  let before = 0;
  weights.forEach((matrix, l) => {
    for (const to of places[l + 1]) {
      for (const from of places[l]) {
        const index = to.unit * layers[l] + from.unit;
        const isRemoved = mask?.kept[before + index] === 0;
        const size = largest[l] > 0 ? Math.abs(matrix[index]) / largest[l] : 0;
        const last = lineWidths.length - 1;
        // What is not a number in a network that diverged must not go unseen.
        const bin = Number.isFinite(size) ? Math.min(last, Math.floor(size * lineWidths.length)) : last;
        const name = isRemoved ? 'removed' : `${matrix[index] < 0 ? 'negative' : 'positive'} ${bin}`;
        const line = lines.get(name) ?? [[], []];
        line[0].push(l, l + 1, null);
        line[1].push(from.y, to.y, null);
        lines.set(name, line);
      }
    }
    before += matrix.length;
  });
  const order = [
    'removed',
    ...['negative', 'positive'].flatMap(sign => [0, 1, 2].map(bin => `${sign} ${bin}`)),
  ];
  const drawn = order.filter(name => lines.has(name));
  const isLast = (name: string, i: number): boolean => drawn[i + 1]?.split(' ')[0] !== name.split(' ')[0];
  return drawn.map((name, i) => lineTrace(name, lines.get(name)!, isLast(name, i)));
}

/** The thickest line of a sign stands in the legend for all of them. */
function lineTrace(
  name: string,
  [x, y]: readonly (readonly (number | null)[])[],
  showlegend: boolean,
): Trace {
  const [sign, bin = '0'] = name.split(' ');
  const colours: Readonly<Record<string, string>> = {
    negative: palette.blue,
    positive: palette.vermillion,
    removed: palette.grey,
  };
  return {
    type: 'scatter',
    mode: 'lines',
    name: sign,
    legendgroup: sign,
    showlegend,
    x,
    y,
    line: {
      color: colours[sign],
      width: sign === 'removed' ? 1 : lineWidths[Number(bin)],
      dash: sign === 'removed' ? 'dot' : 'solid',
    },
    opacity: sign === 'removed' ? 0.9 : 0.75,
    hoverinfo: 'skip',
  };
}

function unitTrace(layers: readonly number[], places: readonly (readonly Place[])[]): Trace {
  const all = places.flatMap((column, l) => column.map(place => ({ l, ...place })));
  return {
    type: 'scatter',
    mode: 'markers',
    name: 'unit',
    showlegend: false,
    x: all.map(({ l }) => l),
    y: all.map(({ y }) => y),
    marker: { size: 19, color: palette.white, line: { color: palette.ink, width: 1.5 } },
    text: all.map(({ l, unit }) => `unit ${unit + 1} of ${layers[l]}`),
    hovertemplate: '%{text}<extra></extra>',
  };
}

function annotations(
  layers: readonly number[],
  places: readonly (readonly Place[])[],
  names: { readonly inputs: readonly string[] | undefined; readonly outputs: readonly string[] | undefined },
): readonly Layout[] {
  const last = layers.length - 1;
  const plain = { showarrow: false, font: { size: 12 } };
  return layers.flatMap((width, l) => {
    const title =
      l === 0 ? 'inputs' : l === last ? 'outputs' : last === 2 ? 'hidden layer' : `hidden layer ${l}`;
    const own = l === 0 ? names.inputs : names.outputs;
    const gap = places[l].findIndex(({ unit }, p) => unit !== p);
    const between = gap > 0 ? (places[l][gap - 1].y + places[l][gap].y) / 2 : 0;
    return [
      { ...plain, x: l, y: 1.1, yanchor: 'bottom', text: `<b>${title}</b>` },
      ...(gap > 0 ? [{ ...plain, x: l, y: between, text: `<b>… ${width}</b>`, bgcolor: palette.white }] : []),
      ...(l > 0 && l < last
        ? []
        : places[l].map(({ unit, y }) => ({
            ...plain,
            x: l,
            y,
            text:
              own === undefined
                ? `${l === 0 ? 'x' : 'y'}<sub>${unit + 1}</sub>`
                : label(cut(own[unit] ?? '')),
            xanchor: l === 0 ? 'right' : 'left',
            xshift: l === 0 ? -14 : 14,
          }))),
    ];
  });
}

function cut(name: string): string {
  return name.length > 18 ? `${name.slice(0, 17)}…` : name;
}
