import { shortNumber } from '../figures/theme';
import type { BootstrapInterval } from '../statistics/bootstrapInterval';
import type { NamedSimulation } from './theoremFigure';
import type { TheoremSimulation } from './theoremSimulation';

/** `−0.48 [−0.54, −0.41]`. */
export function slopeText({ estimate, low, high, status }: BootstrapInterval): string {
  if (!Number.isFinite(estimate)) return 'none';
  const digits = (value: number): string => value.toFixed(2).replace('-', '\u2212');
  return status === 'ok' ? `${digits(estimate)} [${digits(low)}, ${digits(high)}]` : digits(estimate);
}

/** Columns and rows of one simulation: slopes a rule. */
export function theoremTable({ fits, rows, widths }: TheoremSimulation): {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const typical = (rule: string, width: number): string => {
    const own = rows
      .filter(row => row.rule === rule && row.width === width)
      .map(row => Math.log(row.epsilon));
    return shortNumber(Math.exp(own.reduce((sum, value) => sum + value, 0) / own.length), 2);
  };
  const ends = [widths[0], widths[widths.length - 1]];
  return {
    columns: [
      'rule',
      'slope of ln ε',
      'of ln (ε / output)',
      'of ln output',
      ...ends.map(width => `ε at ${width}`),
    ],
    rows: fits.map(({ rule, epsilon, relative, dense }) => [
      rule,
      slopeText(epsilon),
      slopeText(relative),
      slopeText(dense),
      ...ends.map(width => typical(rule, width)),
    ]),
  };
}

/** What was simulated, in words. */
export function theoremSettings(simulation: TheoremSimulation): string {
  const { activation, hiddenLayers, remove, draws, widths, scale, radius, missing } = simulation;
  const share = 'share' in remove ? `${shortNumber(100 * remove.share)} %` : `width^\u2212${remove.power}`;
  return [
    `${activation}, ${hiddenLayers === 1 ? 'one hidden layer' : `${hiddenLayers} hidden layers`}`,
    `${share} of the weights removed`,
    `widths ${widths.join(', ')}`,
    `${draws} draws a width, K = ${scale}, ball of radius ${radius}`,
    ...(missing > 0 ? [`${missing} masks missing`] : []),
  ].join('; ');
}

/** Simulations as aligned text. */
export function formatTheorem(simulations: readonly NamedSimulation[]): string {
  return simulations
    .map(({ name, simulation }) => {
      const { columns, rows } = theoremTable(simulation);
      const lines = [columns, ...rows];
      const widths = columns.map((_, c) => Math.max(...lines.map(line => line[c].length)));
      const text = lines.map(line =>
        `  ${line.map((cell, c) => cell.padEnd(widths[c])).join('  ')}`.trimEnd(),
      );
      return [`${name} (${theoremSettings(simulation)})`, ...text].join('\n');
    })
    .join('\n\n');
}
