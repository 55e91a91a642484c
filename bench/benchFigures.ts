import { type Figure, figure } from '../src/figures/figure';
import {
  axis,
  baseLayout,
  dashes,
  label,
  lineColours,
  palette,
  rounded,
  shortNumber,
  titled,
} from '../src/figures/theme';
import type { BenchRow } from './benchRow';
import type { Limits } from './roofline';

/** Every ratio to a peer, and the target that it should reach. */
export function ratiosFigure(rows: readonly BenchRow[]): Figure {
  const shown = rows.filter(({ ratio }) => ratio !== null && Number.isFinite(ratio)).reverse();
  const names = shown.map(({ task, peer }) => `${label(task.trim())}<br>${label(peer!.name)}`);
  const points = (met: boolean | null) =>
    shown.flatMap((row, i) => (row.met === met ? [{ row, y: names[i] }] : []));
  const kinds = [
    [true, 'target met', palette.blue, 'circle'],
    [false, 'target missed', palette.vermillion, 'x'],
    [null, 'no target', palette.grey, 'circle-open'],
  ] as const;
  const targets = shown.flatMap((row, i) =>
    row.targetRatio === null ? [] : [{ x: row.targetRatio, y: names[i] }],
  );
  const missed = points(false).length;
  const height = 140 + 44 * shown.length;
  return figure(
    [
      ...kinds.map(([met, name, color, symbol]) => ({
        type: 'scatter',
        mode: 'markers',
        name,
        x: points(met).map(({ row }) => rounded(row.ratio!)),
        y: points(met).map(({ y }) => y),
        marker: { color, symbol, size: 11 },
        hovertemplate: '%{y}<br>%{x:.3g} times<extra></extra>',
      })),
      {
        type: 'scatter',
        mode: 'markers',
        name: 'target',
        x: targets.map(({ x }) => x),
        y: targets.map(({ y }) => y),
        marker: { color: palette.ink, symbol: 'line-ns-open', size: 16, line: { width: 2 } },
        hovertemplate: 'at least %{x} times<extra></extra>',
      },
    ],
    baseLayout(
      titled('How many times faster than the peers', [
        'both measured in this run unless the table says quoted',
      ]),
      {
        height,
        xaxis: axis('times faster, logarithmic', { type: 'log' }),
        yaxis: axis('', { showgrid: true, categoryorder: 'array', categoryarray: names }),
      },
    ),
    `${shown.length} ratios to other programs; ${missed === 0 ? 'none misses its target' : `${missed} miss their target`}.`,
  );
}

/** Cost against size, one line a series; null where no row belongs to a series. */
export function sizesFigure(rows: readonly BenchRow[]): Figure | null {
  const names = [...new Set(rows.flatMap(({ series }) => (series === null ? [] : [series.name])))];
  if (names.length === 0) return null;
  const lines = names.map(name =>
    rows
      .filter(({ series }) => series?.name === name)
      .map(({ series, ours }) => ({ size: series!.size, ours }))
      .sort((a, b) => a.size - b.size),
  );
  return figure(
    lines.map((points, i) => ({
      type: 'scatter',
      mode: 'lines+markers',
      name: label(names[i]),
      x: points.map(({ size }) => size),
      y: points.map(({ ours }) => rounded(ours)),
      line: { color: lineColours[i % lineColours.length], dash: dashes[i % dashes.length] },
      hovertemplate: '%{x:,}: %{y:.3g} s<extra>%{fullData.name}</extra>',
    })),
    baseLayout(titled('Cost against size', ['a straight line that rises by one decade a decade is linear']), {
      xaxis: axis(rows.find(({ series }) => series !== null)!.series!.unit, { type: 'log' }),
      yaxis: axis('seconds', { type: 'log' }),
    }),
    `Seconds against size for ${names.join(', ')}.`,
  );
}

/** Kernels under the roof that peak and memory make. */
export function rooflineFigure({ peak, kernels }: Limits): Figure {
  const intensities = kernels.map(({ intensity }) => intensity);
  const from = Math.min(...intensities) / 4;
  const to = Math.max(...intensities) * 4;
  const ridge = peak.simdFlops / peak.memoryBytes;
  const roof = [from, Math.max(from, ridge), to];
  const gigaflops = (value: number): number => rounded(value / 1e9, 4);
  return figure(
    [
      {
        type: 'scatter',
        mode: 'lines',
        name: 'roof: memory, then SIMD',
        x: roof,
        y: roof.map(x => gigaflops(Math.min(peak.simdFlops, x * peak.memoryBytes))),
        line: { color: palette.ink },
        hoverinfo: 'skip',
      },
      {
        type: 'scatter',
        mode: 'lines',
        name: 'peak of plain JavaScript',
        x: [from, to],
        y: [gigaflops(peak.scalarFlops), gigaflops(peak.scalarFlops)],
        line: { color: palette.grey, dash: 'dash' },
        hoverinfo: 'skip',
      },
      ...kernels.map(({ kernel, intensity, flopsPerSecond, share }, i) => ({
        type: 'scatter',
        mode: 'markers',
        name: label(kernel),
        x: [rounded(intensity)],
        y: [gigaflops(flopsPerSecond)],
        marker: { color: lineColours[i % lineColours.length], symbol: i, size: 12 },
        hovertemplate: `%{x:.3g} flops/byte, %{y:.3g} Gflop/s, ${Math.round(100 * share)} % of what is attainable<extra>%{fullData.name}</extra>`,
      })),
    ],
    baseLayout(
      titled('How far from the limit of one processor', [
        `${shortNumber(peak.simdFlops / 1e9)} Gflop/s in SIMD`,
        `${shortNumber(peak.memoryBytes / 1e9)} GB/s from memory`,
      ]),
      {
        height: 560,
        legend: { orientation: 'v', x: 1.02, xanchor: 'left', y: 1, yanchor: 'top', font: { size: 12 } },
        xaxis: axis('operations a byte of memory', { type: 'log' }),
        yaxis: axis('Gflop/s', { type: 'log' }),
      },
    ),
    kernels
      .map(({ kernel, share }) => `${kernel}: ${Math.round(100 * share)} % of what is attainable`)
      .join('; '),
  );
}
