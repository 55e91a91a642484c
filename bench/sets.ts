import type { Bench, BenchOptions } from './runBench';

type BenchSet = (options?: BenchOptions) => Promise<Bench>;

/** Every set by name, in the order in which they run; each is loaded when it is asked for. */
export const benchSets: Readonly<Record<string, () => Promise<BenchSet>>> = {
  training: async () => (await import('./training.js')).benchTraining,
  chain: async () => (await import('./chain.js')).benchWholeChain,
  numerics: async () => (await import('./numerics.js')).benchNumerics,
  explanations: async () => (await import('./explanations.js')).benchExplanations,
  spectra: async () => (await import('./spectra.js')).benchSpectra,
  scaling: async () => (await import('./scaling.js')).benchScaling,
  limits: async () => (await import('./limits.js')).benchLimits,
};
