// %% [markdown]
// # Is gradient descent chaotic?
//
// In a chaotic system two starts that differ by almost nothing part exponentially, at a rate called the **Lyapunov
// exponent**. Sahu and colleagues (2025) report that the exponents of a network's weights are positive throughout
// training, and conclude that backpropagation is weakly chaotic and depends sensitively on the initial weights.
//
// A positive number can have three sources: runs that really part, rounding, or an estimator that gives positive
// numbers for anything that fluctuates. This notebook takes them apart on Fisher's irises. It asks
//
// 1. how fast two nearly equal runs part, whether rounding is to blame, and whether the parting goes on;
// 2. what each estimator says about training, about noise, and about training without sampling noise;
// 3. whether exponents lie outside what chance gives to the same series;
//
// and each time it looks at something that is known to be chaotic, to see that the instrument can tell.
// It takes about half a minute on an idle processor. Every seed is written out.

// %%
import {
  createNetwork,
  type DifferenceRecording,
  difference,
  exponentDistributionFigure,
  growthFigure,
  growthRateFigure,
  init,
  loadDataset,
  lyapunov,
  normal,
  progress,
  type Recording,
  type RosensteinPreset,
  randomStream,
  recordTangent,
  recordTraining,
  recordTwin,
  surrogate,
  surrogateFigure,
  surrogateTest,
  table,
  windowedLyapunov,
  windowedSurrogateTest,
} from 'legcnet';

init();

// %% [markdown]
// ## The training that is asked about
//
// The study's network for irises (4-6-3, sigmoid, 42 weights), its learning rate 0.05, one flower an update, always in
// the same order; initial weights from seed 1. 167 epochs make 20 040 updates, a hundred windows of 200.

// %%
const iris = await loadDataset('iris', { procedure: 'published' });
const startFrom = (seed: number) =>
  createNetwork({ layers: [4, 6, 3], init: { name: 'normal', sd: 0.1 }, seed });
const network = startFrom(1);
const training = {
  epochs: 167,
  batch: 1,
  learningRate: 0.05,
  loss: 'squared-error',
  shuffle: 'never',
  accuracyRule: 'all-outputs',
} as const;
const recording = await recordTraining(network, iris, { ...training, ...progress('Training') });
network;

// %% [markdown]
// ## 1. How fast do two runs part?
//
// One run starts with the weight $w_{11}$ moved by $\delta_0$, and we follow the distance $|\delta_t|$ over all weights
// and biases together. Two ways: a **twin** trains a second network on the same flowers and subtracts; a **tangent**
// propagates the derivative and needs no second network, hence no $\delta_0$ and no subtraction of nearly equal numbers.
// Twins with the paper's $\delta_0 = 10^{-4}$ and with $10^{-6}$, then the same for $w_{12}$.

// %%
const w11 = { weight: 0 };
const w12 = { weight: 1 };
const tangent11 = await recordTangent(network, iris, { ...training, perturbation: w11 });
const tangent12 = await recordTangent(network, iris, { ...training, perturbation: w12 });
const twin11 = await recordTwin(network, iris, { ...training, perturbation: { ...w11, delta: 1e-6 } });
const coarse11 = await recordTwin(network, iris, { ...training, perturbation: { ...w11, delta: 1e-4 } });
const twin12 = await recordTwin(network, iris, { ...training, perturbation: { ...w12, delta: 1e-6 } });
const coarse12 = await recordTwin(network, iris, { ...training, perturbation: { ...w12, delta: 1e-4 } });
growthFigure(
  [
    { name: 'w11', recording: tangent11 },
    { name: 'w11', recording: twin11 },
    { name: 'w11', recording: coarse11 },
    { name: 'w12', recording: tangent12 },
    { name: 'w12', recording: twin12 },
    { name: 'w12', recording: coarse12 },
  ],
  { slopes: [{ name: 'an exponent of 0.15', exponent: 0.15 }] },
);

// %% [markdown]
// The runs do part, and twin and tangent agree, so the parting is real. The dotted line at the left edge is there for
// scale: 0.15 per update is what nearest-neighbour estimates will give for these same weights in section 2.
//
// ### Is any of it rounding?
//
// Against the tangent, over the first five epochs: does the exponent of every weight in every window have the right
// *sign*? The engine `fused` calculates in float64, `tfjs` in TensorFlow's float32.

// %%
const short = { ...training, epochs: 5 };
const truth = await recordTangent(network, iris, short);
const trueExponents = await windowedLyapunov(truth);
const gap = (a: Float64Array, b: Float64Array) =>
  a.reduce((most, value, t) => Math.max(most, Math.abs(value - a[0] - (b[t] - b[0]))), 0);
const checkPrecision = async (engine: 'fused' | 'tfjs', delta: number) => {
  const twin = await recordTwin(network, iris, { ...short, engine, perturbation: { ...w11, delta } });
  const { values } = await windowedLyapunov(twin);
  return {
    arithmetic: engine === 'fused' ? 'float64' : 'float32',
    'δ₀': delta,
    'largest error of ln |δ|': gap(twin.logNorm, truth.logNorm),
    exponents: values.length,
    'wrong sign': values.filter((value, i) => !(value * trueExponents.values[i] > 0)).length,
  };
};
table([
  await checkPrecision('fused', 1e-4),
  await checkPrecision('fused', 1e-6),
  await checkPrecision('fused', 1e-12),
  await checkPrecision('tfjs', 1e-4),
  await checkPrecision('tfjs', 1e-6),
]);

// %% [markdown]
// No. In float64 both choices of $\delta_0$ give every sign right and $\ln|\delta_t|$ to $10^{-5}$ or better; even from
// $10^{-12}$ it is good to 0.0003, and no sign is lost. Float32 is another matter: from $10^{-4}$ it gets 2 of 126 signs
// wrong, from $10^{-6}$ it gets 71 of 126 wrong, no better than a coin. And these are the first five epochs, where
// differences grow fastest. Everything that follows is float64.
//
// ### Is it one lucky start?
//
// Ten seeds, each perturbed in $w_{11}$ and in $w_{12}$, by tangents: by what factor has the perturbation grown after all
// 20 040 updates?

// %%
const logGrowth = ({ logNorm }: DifferenceRecording) => logNorm[logNorm.length - 1] - logNorm[0];
const grown: number[] = [];
for (let seed = 1; seed <= 10; seed++) {
  for (const perturbation of [w11, w12]) {
    grown.push(logGrowth(await recordTangent(startFrom(seed), iris, { ...training, perturbation })));
  }
}
grown.sort((a, b) => a - b);
const updates = tangent11.iterates - 1;
table(
  [
    { of: 'smallest', ln: grown[0] },
    { of: 'median', ln: (grown[9] + grown[10]) / 2 },
    { of: 'largest', ln: grown[19] },
    { of: 'w11, seed 1', ln: logGrowth(tangent11) },
  ].map(({ of, ln }) => ({
    '20 runs': of,
    'growth factor': Math.exp(ln),
    'ln growth': ln,
    'per update': ln / updates,
  })),
);

// %% [markdown]
// ### Does it go on?
//
// A Lyapunov exponent is the mean growth rate in the long run. A perturbation that grows for a while and then stops has
// none above zero. Six times as long, for three seeds. The fourth line is the same network, trained with a learning rate
// 200 times as large: it shows what exponential parting looks like here. (Its tangent is rescaled every 50 updates, and
// the rescaling is undone in the figure.)

// %%
const long = { ...training, epochs: 1000 };
const calm1 = await recordTangent(startFrom(1), iris, long);
const calm2 = await recordTangent(startFrom(2), iris, long);
const calm3 = await recordTangent(startFrom(3), iris, long);
const wild = { ...training, learningRate: 10, rescaleEvery: 50 };
const wildLong = await recordTangent(network, iris, { ...wild, epochs: 1000 });
growthRateFigure([
  { name: 'seed 1', recording: calm1 },
  { name: 'seed 2', recording: calm2 },
  { name: 'seed 3', recording: calm3 },
  { name: 'seed 1, learning rate 10', recording: wildLong },
]);

// %%
const rateBetween = ({ logNorm }: DifferenceRecording, from: number, to: number) =>
  (logNorm[to] - logNorm[from]) / (to - from);
table(
  [
    { run: 'seed 1', recording: calm1 },
    { run: 'seed 2', recording: calm2 },
    { run: 'seed 3', recording: calm3 },
    { run: 'seed 1, learning rate 10', recording: wildLong },
  ].map(({ run, recording }) => ({
    run,
    'updates 1 to 1200': rateBetween(recording, 0, 1200),
    'to 12 000': rateBetween(recording, 1200, 12_000),
    'to 60 000': rateBetween(recording, 12_000, 60_000),
    'to 120 000': rateBetween(recording, 60_000, 120_000),
  })),
  { caption: 'Growth per update, by stretch' },
);

// %% [markdown]
// It does not, at the study's learning rate. Most of the growth belongs to the first few thousand updates, in which the
// network leaves its starting plateau. After that the lines fall nearly as $1/t$: for seed 1 the rate sinks from 0.00079
// per update to 0.000003, which in the last 60 000 updates is a factor of 1.2 altogether. Nothing here points to an
// exponent above zero.
//
// Learning rate 10 is different. Between updates 1200 and 12 000 it is 0.013 per update, so the distance doubles about
// every 50 updates, ten thousand updates long. Even this fades, to 0.001 in the end. Gradient descent *can* be chaotic
// for a long time, and a tangent sees it when it is.
//
// ## 2. What does each estimator say?
//
// Two estimators go by the name of Lyapunov exponent here. The **direct** one is the paper's eq. 5: the slope of
// $\ln|\delta_t|$ of one weight in a window of the twin. **Rosenstein's** reads a single series: it looks for the
// nearest neighbour of each stretch *within* the window and measures how fast neighbours part. The study's code used
// the second, on the weights themselves.
//
// They are held against controls of which the answer is known:
//
// - **full batch**: all 120 flowers in every update. The same task, the same learning rate and number of updates, but no
//   noise from drawing flowers one by one. Batch 16 lies between.
// - **order by chance**: the recorded updates of each weight and window, dealt out in random order and summed up again.
//   Whatever one update does to the next is destroyed.
// - **white noise** and a **random walk**, of the same length as a window. No law moves them, so no two starts can part.
// - the **logistic map** $x \to 4x(1 - x)$, which is chaotic with exponent $\ln 2 = 0.693$, and the run with learning
//   rate 10.

// %%
const iterates = 200; // in a window
const batch16 = { ...training, batch: 16, epochs: 2500 };
const fullBatch = { ...training, batch: iris.train.rows, epochs: 20_000 };
const recordings = {
  'training, batch 1': recording,
  'training, batch 16': await recordTraining(network, iris, { ...batch16, ...progress('Batch 16') }),
  'training, full batch': await recordTraining(network, iris, { ...fullBatch, ...progress('Full batch') }),
  'learning rate 10': await recordTraining(network, iris, { ...training, learningRate: wild.learningRate }),
};
const twins = {
  'training, batch 1': twin11,
  'training, batch 16': await recordTwin(network, iris, batch16),
  'training, full batch': await recordTwin(network, iris, fullBatch),
  'learning rate 10': await recordTwin(network, iris, wild),
};

// %% [markdown]
// The series that follow no law, those in random order, and the map:

// %%
const cumulative = (steps: Float64Array, start = 0) => {
  let sum = start;
  return Float64Array.of(start, ...steps.map(step => (sum += step)));
};
const cut = async (run: Recording) => {
  const series: Float64Array[] = []; // every fifth window of every weight
  for (let start = 0; start + iterates <= run.iterates; start += 5 * iterates) {
    const read = await run.readWindow(start, iterates);
    for (let weight = 0; weight < run.weights; weight++) {
      series.push(read.series.slice(weight * iterates, (weight + 1) * iterates));
    }
  }
  return series;
};
const windowSeries = await cut(recording);
const order = randomStream(1, 'order of updates');
const reorder = (series: Float64Array) =>
  cumulative(surrogate(difference(series), 'shuffle', order), series[0]);
const reordered = windowSeries.map(reorder);
const noise = normal(randomStream(1, 'noise'), 0, 0.01);
const draw = (length: number) => Float64Array.from({ length }, () => noise());
const whiteNoise = Array.from({ length: 400 }, () => draw(iterates));
const randomWalks = Array.from({ length: 400 }, () => cumulative(draw(iterates - 1)));
const uniform = randomStream(1, 'logistic map');
const logistic = Array.from({ length: 400 }, () => {
  let x = uniform();
  return Float64Array.from({ length: iterates }, () => (x = 4 * x * (1 - x)));
});

// %% [markdown]
// All exponents, 200 iterates each:

// %%
const rosenstein = (series: readonly Float64Array[], preset: RosensteinPreset = 'tisean') =>
  series.map(each => lyapunov(each, { estimator: 'rosenstein', preset }).exponent);
const samples: { name: string; estimator: string; values: ArrayLike<number> }[] = [];
for (const [name, twin] of Object.entries(twins)) {
  const { values } = await windowedLyapunov(twin, { window: iterates });
  samples.push({ name, estimator: 'direct, on the twin', values });
}
for (const [name, run] of Object.entries(recordings)) {
  const { values } = await windowedLyapunov(run, { window: iterates, estimator: 'rosenstein' });
  samples.push({ name, estimator: 'Rosenstein, on the series', values });
}
for (const [name, series] of Object.entries({
  'batch 1, order by chance': reordered,
  'white noise': whiteNoise,
  'random walk': randomWalks,
  'logistic map': logistic,
})) {
  samples.push({ name, estimator: 'Rosenstein, on the series', values: rosenstein(series) });
}
exponentDistributionFigure(samples);

// %% [markdown]
// The direct exponents of training sit at zero; 69 % are above it, which is most, but not "throughout". Rosenstein's are
// thousands of times larger and 92 % positive in training, 100 % in noise. With the same updates in random order they stay
// about as they are. So they cannot be measuring how one update acts on the next: there that action is gone.

// %%
const median = (values: ArrayLike<number>) => {
  const known = Array.from(values)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  return (known[Math.floor((known.length - 1) / 2)] + known[Math.ceil((known.length - 1) / 2)]) / 2;
};
const percent = (values: ArrayLike<number>, test: (value: number) => boolean) =>
  Math.round((100 * Array.from(values).filter(test).length) / values.length);
const perUpdate = (run: DifferenceRecording) => logGrowth(run) / (run.iterates - 1);
table(
  Object.entries(twins).map(([run, twin], i) => ({
    run,
    'accuracy (%)': 100 * twin.epochs[twin.epochs.length - 1].trainAccuracy,
    'growth per update, all weights': perUpdate(twin),
    'median direct': median(samples[i].values),
    'median Rosenstein': median(samples[i + 4].values),
    'no Rosenstein value (%)': percent(samples[i + 4].values, Number.isNaN),
  })),
);

// %% [markdown]
// The decisive comparison is batch 1 against full batch. Perturbations grow at the same rate in both, 0.00013 per update;
// Rosenstein's median is 0.156 in the one and 0 in the other. What it measures is the noise of taking flowers one by one.
// The run that *is* chaotic for a while, with learning rate 10, parts a hundred times faster than the study's, and gets the
// *smaller* Rosenstein exponent, 0.089, where it gets one: 35 % of its windows have none.
//
// (The median direct exponent is below the growth rate because most growth falls into the first few windows.)
//
// ### Would other settings of the estimator help?
//
// `tisean` are the defaults of the program that the paper names, used above; `robust` embeds in three dimensions and
// keeps neighbours ten updates apart; `published` is the chain of the study's own code, which rounds to six decimals; the
// noise therefore has the size of weights, a standard deviation of 0.01. Medians and shares above zero:

// %%
const presets = Object.entries({
  'training, batch 1': windowSeries,
  'batch 1, order by chance': reordered,
  'learning rate 10': await cut(recordings['learning rate 10']),
  'white noise': whiteNoise,
  'random walk': randomWalks,
  'logistic map': logistic,
}).map(([name, series]) => {
  const row: Record<string, string | number> = { series: name };
  for (const preset of ['tisean', 'robust', 'published'] as const) {
    const known = rosenstein(series, preset).filter(Number.isFinite);
    row[preset] = median(known);
    row[`${preset} > 0 (%)`] = percent(known, value => value > 0);
  }
  return row;
});
table(presets);

// %% [markdown]
// No. The study's own chain gives every window of training an exponent above zero, 1.20 in the median: the paper's
// observation is repeated. It gives 1.19 when the order is left to chance, and 1.85 to white noise. Under every setting the
// medians of training and of its updates in random order differ by less than 15 %, and those of learning rates 0.05 and 10
// (true growth 1 : 98) are in no ratio that would tell.
//
// ## 3. More than chance would give?
//
// A fairer question than the sign: does the exponent lie outside the band of *surrogates*, series with the same values
// and nearly the same spectrum in which everything else is chance (IAAFT, 39 each, two-sided at 5 %)? Chance leaves
// 2.5 % of the exponents above their bands and as many below.

// %%
const band = { estimator: 'rosenstein', surrogate: 'iaaft', seed: 1 } as const;
const tested = await windowedSurrogateTest(recording, {
  ...band,
  window: iterates,
  sampledWeights: 10,
  sampledWindows: 10,
  ...progress('Surrogates, batch 1'),
});
const testedFull = await windowedSurrogateTest(recordings['training, full batch'], {
  ...band,
  window: iterates,
  sampledWeights: 4,
  sampledWindows: 10,
  ...progress('Surrogates, full batch'),
});
const testEach = (series: readonly Float64Array[]) =>
  series.map((each, seed) => surrogateTest(each, { ...band, seed }));
const sameWindows: Float64Array[] = []; // the windows of `tested`, their updates in random order
for (const start of tested.starts) {
  const { series } = await recording.readWindow(start, iterates);
  for (const weight of tested.sampledWeights) {
    sameWindows.push(reorder(series.slice(weight * iterates, (weight + 1) * iterates)));
  }
}
const testedReordered = testEach(sameWindows);
const testedLogistic = testEach(logistic.slice(0, 30));
surrogateFigure([
  { name: 'training, batch 1', tests: tested },
  { name: 'batch 1, order by chance', tests: testedReordered },
  { name: 'training, full batch', tests: testedFull },
  { name: 'white noise', tests: testEach(whiteNoise.slice(0, 30)) },
  { name: 'random walk', tests: testEach(randomWalks.slice(0, 30)) },
  { name: 'logistic map', tests: testedLogistic },
]);

// %% [markdown]
// Every test of the chaotic map lies above its band. White noise lies inside; of 30 random walks five lie below. Training
// lies outside in 64 of 100 tests, so its weights are not linear noise; but 56 of the 64 lie *below* their band, and so do
// all 40 tests of the full batch. The reason is drift: a weight that moves steadily has neighbours that stay together,
// while a surrogate, which knows no beginning and no end, jumps. A rejection alone is no sign of chaos.
//
// Eight tests lie above, where chance leaves two or three. Yet in the same windows the updates in random order have nine
// above and 50 below: uneven steps put them there, not their order. And what happens between two runs in those windows?

// %%
const sides = Array.from(tested.exponents, (exponent, i) => {
  const place = exponent > tested.high[i] ? 'above' : exponent < tested.low[i] ? 'below' : 'inside';
  const start = tested.starts[Math.floor(i / tested.sampledWeights.length)];
  return { place, exponent, growth: rateBetween(tangent11, start, start + iterates) };
});
table(
  ['above', 'inside', 'below'].map(place => {
    const here = sides.filter(side => side.place === place);
    return {
      band: place,
      tests: here.length,
      'median Rosenstein': median(here.map(side => side.exponent)),
      'growth per update in the same windows, median': median(here.map(side => side.growth)),
      largest: Math.max(...here.map(side => side.growth)),
    };
  }),
);

// %% [markdown]
// In the windows above their band, the nearest-neighbour exponents say that runs part by 0.32 per update, that is by a
// factor of $e^{64}$ in a window. The tangent says 0.00016: in a window, by three percent.
//
// ## The answer, in numbers

// %%
const rounded = (value: number, digits = 2) => String(Number(value.toPrecision(digits)));
const aboveZero = (name: string, estimator: string) => {
  const sample = samples.find(each => each.name === name && each.estimator.startsWith(estimator));
  const known = Array.from(sample?.values ?? []).filter(Number.isFinite);
  return `${percent(known, value => value > 0)} %`;
};
const aboveBand = testedReordered.filter(({ exponent, band }) => exponent > band[1]).length;
const aboveLogistic = testedLogistic.filter(({ exponent, band }) => exponent > band[1]).length;
table(
  [
    {
      question: 'Do runs part?',
      number: `by a factor of ${rounded(Math.exp(grown[0]))} to ${rounded(Math.exp(grown[19]))} in ${updates} updates`,
    },
    {
      question: 'Is it rounding?',
      number: `no: twin and tangent differ by ${rounded(gap(twin11.logNorm, tangent11.logNorm))} in ln |δ|`,
    },
    {
      question: 'Does it go on?',
      number: `${rounded(rateBetween(calm1, 0, 1200))} per update at first, ${rounded(rateBetween(calm1, 60_000, 120_000))} in the end`,
    },
    {
      question: 'Direct exponents above zero',
      number: `training ${aboveZero('training, batch 1', 'direct')}`,
    },
    {
      question: 'Rosenstein exponents above zero',
      number:
        `training ${aboveZero('training, batch 1', 'Rosenstein')}, full batch ${aboveZero('training, full batch', 'Rosenstein')}, ` +
        `white noise ${aboveZero('white noise', 'Rosenstein')}, order by chance ${aboveZero('batch 1, order by chance', 'Rosenstein')}`,
    },
    {
      question: 'The same, by the study’s chain',
      number: presets
        .filter(({ series }) => series !== 'learning rate 10' && series !== 'logistic map')
        .map(row => `${row.series} ${row['published > 0 (%)']} %`)
        .join(', '),
    },
    {
      question: 'Above the band of surrogates',
      number:
        `training ${tested.above} of ${tested.tested}, order by chance ${aboveBand} of 100, ` +
        `full batch ${testedFull.above} of ${testedFull.tested}, logistic map ${aboveLogistic} of 30`,
    },
    {
      question: 'Growth per update, learning rate 10 against 0.05',
      number: `${rounded(perUpdate(twins['learning rate 10']))} against ${rounded(perUpdate(twin11))}`,
    },
  ],
  {
    caption:
      'Claim 1: exponents of the weights are positive throughout, hence chaos and sensitive dependence',
  },
);

// %% [markdown]
// ## The answer
//
// **Claim 1 does not hold** for this network on the irises. It has three parts:
//
// - *The exponents are positive throughout.* Holds with limits. The study's own chain gives 100 % positive windows; so it
//   does for white noise, and for the same updates in random order. By the paper's own formula, the slope of
//   $\ln|\delta_t|$, 69 % are positive.
// - *Backpropagation is weakly chaotic.* Does not hold. A perturbation grows by a factor of 3.5 to 76 in 20 040 updates, and
//   then hardly more: the rate falls from 0.00079 to 0.000003 per update. Where exponents lie above the band of their
//   surrogates (8 of 100), they do as well when the order of the updates is left to chance (9 of 100).
// - *It depends sensitively on the initial weights.* In the plain sense that a difference of one millionth becomes a few
//   millionths or some dozens of them, yes, and this is no rounding. In the sense of chaos, no.
//
// Gradient descent is not immune to chaos. At 200 times the study's learning rate, runs part at 0.013 per update over the
// same number of updates. A twin or a tangent tells the two learning rates apart at once; Rosenstein's exponents of the
// weights do not.
//
// What such exponents do describe is how noisy and how drifting a weight is in a window. Whether *that* helps to choose
// weights is another question, for the notebooks on causes and pruning.
//
// **Limits.** One small network, one data set, three seeds for the long runs. 120 000 updates cannot exclude an exponent
// of a few millionths per update, with which a difference would take some hundred thousand updates to grow threefold.
// Momentum, other optimisers and larger networks were not tried.
//
// To repeat it: `npx legcnet notebook is-gradient-descent-chaotic`.
//
// Functions: [createNetwork](../src/network/createNetwork.ts), [difference](../src/causality/difference.ts),
// [exponentDistributionFigure](../src/figures/exponentDistributionFigure.ts),
// [growthFigure](../src/figures/growthFigure.ts), [growthRateFigure](../src/figures/growthRateFigure.ts),
// [init](../src/notebook/init.ts), [loadDataset](../src/data/loadDataset.ts), [lyapunov](../src/chaos/lyapunov.ts),
// [normal](../src/statistics/random.ts), [progress](../src/notebook/progress.ts),
// [randomStream](../src/statistics/random.ts), [recordTangent](../src/network/recordTangent.ts),
// [recordTraining](../src/network/recordTraining.ts), [recordTwin](../src/network/recordTwin.ts),
// [surrogate](../src/chaos/surrogate.ts), [surrogateFigure](../src/figures/surrogateFigure.ts),
// [surrogateTest](../src/chaos/surrogateTest.ts), [table](../src/notebook/table.ts),
// [windowedLyapunov](../src/chaos/windowedLyapunov.ts), [windowedSurrogateTest](../src/chaos/windowedSurrogateTest.ts)
