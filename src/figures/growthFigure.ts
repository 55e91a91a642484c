import type { DifferenceRecording } from '../network/differenceRecording';
import { decimate, drawnNote } from './decimate';
import { type Figure, figure, type Trace } from './figure';
import { axis, baseLayout, dashes, label, lineColours, palette, rounded, shortNumber, titled } from './theme';

/** A perturbed pair under a name for the legend; runs of one name share a colour, and the legend adds method and delta. */
export interface NamedGrowth {
  /** Name in the legend. */
  readonly name: string;
  /** Of `recordTwin` or `recordTangent`. */
  readonly recording: Pick<DifferenceRecording, 'logNorm' | 'method' | 'perturbation'>;
}

/** Straight lines that `growthFigure` draws beside the curves. */
export interface GrowthFigureOptions {
  /** Straight lines from the origin, to hold an exponent from elsewhere against the growth. Default: none. */
  readonly slopes?: readonly GrowthSlope[];
}

/** A named exponent, drawn as a straight line. */
export interface GrowthSlope {
  /** Name in the legend. */
  readonly name: string;
  /** Per iteration, natural logarithm. */
  readonly exponent: number;
}

const POINTS_PER_LINE = 500;
const MARKERS_PER_LINE = 24;
const markers: readonly string[] = ['circle-open', 'diamond-open', 'square-open', 'triangle-up-open'];

/**
 * How far a perturbation has grown, all weights and biases together: ln(|delta_t| / |delta_0|) by iteration. Tangents are
 * lines, twins open markers, so that two which agree lie on each other. Exponential growth is a straight line upwards.
 *
 * @throws RangeError without runs
 * @example
 * import { createNetwork, growthFigure, loadDataset, recordTwin } from 'legcnet';
 * const iris = await loadDataset('iris');
 * const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
 * const recording = await recordTwin(network, iris, { epochs: 20, learningRate: 0.05 });
 * growthFigure([{ name: 'Iris', recording }]).data[0].type; // 'scatter'
 */
export function growthFigure(runs: readonly NamedGrowth[], options: GrowthFigureOptions = {}): Figure {
  const { slopes = [] } = options;
  if (runs.length === 0) throw new RangeError('growthFigure needs at least one run, got none');
  const names = [...new Set(runs.map(({ name }) => name))];
  const grown = runs.map(({ recording }) => sinceStart(recording.logNorm));
  const highest = grown.reduce(
    (most, growth) => growth.filter(Number.isFinite).reduce((a, b) => Math.max(a, b), most),
    1,
  );
  const twins: string[] = [];
  let shown = 0;
  const data = runs.map(({ name, recording }, i): Trace => {
    const which = names.indexOf(name);
    const color = lineColours[which % lineColours.length];
    if (recording.method === 'tangent') {
      const { x, y } = decimate(grown[i], POINTS_PER_LINE);
      shown = Math.max(shown, x.length);
      const line = { color, dash: dashes[which % dashes.length], width: 2 };
      return trace(`${label(name)}, tangent`, x, y, { mode: 'lines', line });
    }
    const symbol = markers[twins.length % markers.length];
    const shift = 0.5 * (twins.filter(twin => twin === name).length % 2); // a second twin stands between the first's markers
    twins.push(name);
    const x = markedIterates(grown[i].length, shift);
    const y = x.map(t => grown[i][t]);
    const marker = { color, symbol, size: 8, line: { color, width: 1.6 } };
    return trace(`${label(name)}, twin${from(recording)}`, x, y, { mode: 'markers', marker });
  });
  const last = Math.max(...grown.map(growth => growth.length - 1));
  for (const { name, exponent } of slopes) {
    const end = Math.min(last, (1.1 * highest) / Math.abs(exponent));
    const line = { color: palette.ink, dash: 'dot', width: 2 };
    data.push(trace(label(name), [0, end], [0, exponent * end], { mode: 'lines', line }));
  }
  const layout = baseLayout(
    titled('How far does a perturbation grow?', [
      'all weights and biases together',
      '0: as large as at the start',
      shown > 0 ? drawnNote(shown, last + 1) : '',
    ]),
    {
      height: 440,
      margin: { l: 72, r: 24, t: 112, b: 60 },
      xaxis: axis('iteration (weight updates)', { rangemode: 'tozero' }),
      yaxis: axis('ln( |δ<sub>t</sub>| / |δ<sub>0</sub>| )'),
    },
  );
  return figure(data, layout, summary(runs, grown));
}

function trace(
  name: string,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  style: Readonly<Record<string, unknown>>,
): Trace {
  return {
    type: 'scatter',
    name,
    x: Array.from(x, value => rounded(value)),
    y: Array.from(y, value => rounded(value, 5)),
    hovertemplate: 'iteration %{x}<br>ln growth %{y:.3f}<extra>%{fullData.name}</extra>',
    ...style,
  };
}

/** ` from 10^-6`: where a twin started. */
function from({ perturbation: { delta } }: NamedGrowth['recording']): string {
  if (delta === undefined) return '';
  const exponent = Math.log10(delta);
  return Number.isInteger(exponent)
    ? ` from 10<sup>${shortNumber(exponent)}</sup>`
    : ` from ${shortNumber(delta)}`;
}

/** ln growth since iterate 0; NaN where the runs are equal. */
function sinceStart(logNorm: Float64Array): Float64Array {
  return logNorm.map(value => (Number.isFinite(value) ? value - logNorm[0] : Number.NaN));
}

function markedIterates(length: number, shift: number): readonly number[] {
  const step = (length - 1) / MARKERS_PER_LINE;
  const marked = Array.from({ length: MARKERS_PER_LINE }, (_, i) => Math.round((i + 0.5 + shift) * step));
  return [...new Set(marked)].filter(t => t < length);
}

function summary(runs: readonly NamedGrowth[], grown: readonly Float64Array[]): string {
  const told = runs.map(
    ({ name, recording }, i) =>
      `${name} (${recording.method}) ends at ${shortNumber(grown[i][grown[i].length - 1])}`,
  );
  return `ln of the growth of a perturbation by iteration: ${told.join('; ')}.`;
}
