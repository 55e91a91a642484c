import { changePoints } from '../chaos/changePoints';
import type { WindowedExponents } from '../chaos/windowedExponents';
import { windowStarts } from '../chaos/windowStarts';
import { LongRun, type LongRunOptions } from '../core/longRun';
import { roundDecimals } from '../kernels/roundDecimals';
import type { Recording } from '../network/recording';
import { createLyapR } from './lyapR';
import type { MaskChoice } from './maskChoice';

/**
 * The exponents of every weight in every window as the study's program wrote them: as `windowedLyapunov` with preset
 * `published`, but with the program's own order of ties and the choices that the two of them leave open.
 *
 * @throws RangeError when no window fits
 */
export async function studyExponents(
  recording: Recording,
  choice: MaskChoice,
  longRun: LongRunOptions = {},
): Promise<WindowedExponents> {
  const { epochs, window, overlap, first, decimals, digits, zeroRule } = choice;
  const { weights, iterationsPerEpoch } = recording;
  const iterates = Math.min(recording.iterates, epochs * iterationsPerEpoch + 1);
  const starts = windowStarts(iterates, { window, overlap, first }).slice(0, choice.windows ?? undefined);
  if (starts.length === 0) {
    throw new RangeError(
      `Cannot recompute a mask: a window of ${window} iterates does not fit into ${iterates}`,
    );
  }
  const lyapR = createLyapR(window, choice);
  const values = new Float64Array(starts.length * weights); // windows x weights
  const printed = new Float64Array(window);
  const run = new LongRun(longRun);
  const progress = (done: number) => ({
    task: 'Lyapunov exponents',
    done,
    total: values.length,
    unit: 'series',
  });
  for (let w = 0; w < starts.length; w++) {
    const { series } = await recording.readWindow(starts[w], window); // weights x window
    for (let weight = 0; weight < weights; weight++) {
      const raw = series.subarray(weight * window, (weight + 1) * window);
      for (let t = 0; t < window; t++)
        printed[t] = decimals === null ? raw[t] : roundDecimals(raw[t], decimals);
      const still = zeroRule && isStill(raw);
      const exponent = still ? 0 : roundDecimals(lyapR(printed), EXPONENT_DECIMALS);
      values[w * weights + weight] = digits === null ? exponent : Number(exponent.toPrecision(digits));
      if (run.isDue) await run.pause(progress(w * weights + weight));
    }
  }
  run.finish(progress(values.length));
  return {
    kind: 'windowed-exponents',
    estimator: `TISEAN lyap_r -m2 -r20 -d1 -s${choice.steps}, S(1) - S(0)`,
    layers: [...recording.initial.layers],
    windows: starts.length,
    weights,
    window,
    overlap,
    starts,
    ends: starts.map(start => start + window - 1),
    values,
    status: new Uint8Array(values.length),
  };
}

const EXPONENT_DECIMALS = 6;
const SMALLEST_RANGE = 1e-5;

/** The rule of the program published last, on the weights before they are printed. */
function isStill(raw: Float64Array): boolean {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of raw) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return max - min < SMALLEST_RANGE || changePoints(raw).length > 0;
}
