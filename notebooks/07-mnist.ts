// %% [markdown]
// # MNIST: what happens when all 41 000 weights are tested, and not the 1800 of the study?
//
// The largest network of Sahu and colleagues (2025) reads handwritten digits: 784-50-30-10, 41 000 weights, batches
// of 128. Its rows say that 139 weights go without loss. The study's code tests the last 1800 weights only, those of
// layers 2 and 3; the 39 200 of layer 1 are never looked at, and kept.
//
// This notebook asks what happens when all are analysed, what the study's code does with its own masks, and how much
// of the printed rows can be repeated: the study published its initial weights and masks, but neither its 42 000
// images nor the order of its batches.
//
// The runs are saved (`data/mnistRuns.json`, one a published initialisation), for each takes minutes; `npx legcnet
// mnist --init 3` makes one. Section 1 computes.

// %%
import {
  createNetwork,
  exponentsWhileTraining,
  init,
  loadDataset,
  recordTraining,
  savedChoices,
  savedMnistRuns,
  startsFigure,
  table,
  table1,
  table2,
  table3,
  windowedLyapunov,
} from 'legcnet';

init();

// %% [markdown]
// ## 1. How 41 000 trajectories fit
//
// A run of 50 epochs makes 11 500 updates: 3.8 GB of weights. So every window of 50 iterates is analysed while the
// network trains, and then forgotten. Does that give the same exponents as recording everything first? On the irises
// both ways are possible:

// %%
const iris = await loadDataset('iris', { procedure: 'published' });
const small = createNetwork({ layers: [4, 6, 3], init: { name: 'normal', sd: 0.1 }, seed: 1 });
const training = { epochs: 50, learningRate: 0.05, shuffle: 'never' } as const;
const estimator = { estimator: 'rosenstein', preset: 'published', window: 160 } as const;
const live = await exponentsWhileTraining(small, iris, training, estimator);
const recorded = await windowedLyapunov(await recordTraining(small, iris, training), estimator);
const differing = live.exponents.values.filter((value, i) => !Object.is(value, recorded.values[i])).length;
table([
  { way: 'while training', windows: live.exponents.windows, exponents: live.exponents.values.length },
  { way: 'recorded first', windows: recorded.windows, exponents: recorded.values.length },
  { way: 'differ in any bit', exponents: differing },
]);

// %% [markdown]
// ## 2. What the search removes
//
// By layer, from each of the five initialisations. The choices are those that make the study's masks on the small
// networks.

// %%
const runs = savedMnistRuns().rows.map(row => row.run);
const sizes = [39_200, 1500, 300];
table(
  runs.flatMap(run =>
    run.searches.map(search => ({
      initialisation: run.init,
      variant: search.variant,
      windows: search.windows,
      'layer 1, of 39 200': search.removedByLayer[0],
      'layer 2, of 1500': search.removedByLayer[1],
      'layer 3, of 300': search.removedByLayer[2],
      'layer 1 (%)': (100 * search.removedByLayer[0]) / sizes[0],
      'layers 2 and 3 (%)':
        (100 * (search.removedByLayer[1] + search.removedByLayer[2])) / (sizes[1] + sizes[2]),
    })),
  ),
  { caption: 'Non-causal weights, all layers tested' },
);

// %% [markdown]
// Initialisation 3 is the one behind the paper's rows. There FT calls 58 % of layer 1 non-causal, about twice the
// share of the layers that the study tested.
//
// Which weights of layer 1? Every one belongs to a pixel. By the pixel's distance from the middle of the 28 × 28 image:

// %%
const rings = [0, 4, 7, 10, 13, 20];
const masks = savedChoices().filter(({ dataset }) => dataset === 'mnist');
const distance = (weight: number) => {
  const pixel = weight % 784;
  return Math.hypot((pixel % 28) - 13.5, Math.floor(pixel / 28) - 13.5);
};
const inRing = (weights: Iterable<number>, ring: number) =>
  [...weights].filter(
    weight => weight < 39_200 && distance(weight) >= rings[ring] && distance(weight) < rings[ring + 1],
  ).length;
table(
  rings.slice(0, -1).map((from, ring) => {
    const all = inRing(Array(39_200).keys(), ring);
    return {
      'pixels from the middle': `${from} to ${rings[ring + 1]}`,
      weights: all,
      ...Object.fromEntries(
        masks.map(({ variant, start, removed }) => [
          `${variant}, ${Object.values(start)[0]} (%)`,
          (100 * inRing(removed, ring)) / all,
        ]),
      ),
    };
  }),
  { caption: 'Removed weights of layer 1, by the place of their pixel, for each initialisation' },
);

// %% [markdown]
// FT removes nine in ten weights of the pixels in the middle, where the digits are, and keeps those of the rim: black in
// nearly every image, they hardly move, their tests fail or find little, and the rule keeps what it cannot judge. This
// is why its networks learn worse than those that lose as many weights by chance: see the notebook
// [13-does-the-choice-of-weights-matter](13-does-the-choice-of-weights-matter.ipynb), section 4. PT takes few from
// everywhere.
//
// Do the two searches at least agree where both looked? Images and batch order differ, so the runs are not the same;
// but if the tests found something about the network's start or task, more than chance should be shared.

// %%
table(
  runs.flatMap(run =>
    run.searches.map(search => ({
      initialisation: run.init,
      variant: search.variant,
      'removed by the study': search.overlap.published,
      'removed by ours': search.overlap.recomputed,
      shared: search.overlap.shared,
      'by chance': search.overlap.chance,
    })),
  ),
  { caption: 'Of the last 1800 weights' },
);

// %% [markdown]
// Over the five initialisations FT shares 318 weights where random masks of these sizes share 313 (P = 0.37); PT 32 where
// they share 20 (P = 0.006, most of it from initialisation 1, where FT shares more than chance as well). Draw the images
// anew, and the method removes mostly other weights.
//
// ## 3. Every network, counted twice
//
// *As intended*: stopped at a training accuracy of 0.92, accuracy and macro F1 on all test images. *As coded*: the
// study divides correct images by 128 × batches although the last batch is smaller, which makes accuracy 0.56 % too
// low, in the stop rule as well; its F1 is that of the first image of each batch, 99 of them. And its masks: layer
// 3's offset is not added up, so that layer 3 is never masked, and an entry for the first weight of layer 2 also
// removes the last weight of layer 1.

// %%
const names = {
  dense: 'dense',
  FT: 'FT, all weights tested',
  'FT last': 'FT, last 1800 tested',
  'FT published': 'FT, the published mask',
  'FT as coded': 'FT, that mask as coded',
  PT: 'PT, all weights tested',
  'PT last': 'PT, last 1800 tested',
  'PT published': 'PT, the published mask',
  'PT as coded': 'PT, that mask as coded',
  random: 'random, 40 %',
  magnitude: 'dense, cut by 10 %',
} as const;
const epoch = (reading: { stopped: boolean; publishedEpoch: number }) =>
  reading.stopped ? reading.publishedEpoch : 'never';
const third = runs.find(run => run.init === 3) ?? runs[0];
table(
  Object.entries(names).flatMap(([key, what]) => {
    const found = third.networks.find(each => each.network === key);
    if (found === undefined) return [];
    const { asIntended, asCoded } = found;
    return [
      {
        network: what,
        removed: found.removed,
        epoch: epoch(asIntended),
        accuracy: asIntended.accuracy,
        F1: asIntended.f1,
        'epoch, as coded': epoch(asCoded),
        'accuracy, as coded': asCoded.accuracy,
        'F1, as coded': asCoded.f1,
      },
    ];
  }),
  { limit: 20, caption: `Initialisation ${third.init}; epochs counted from 0` },
);

// %% [markdown]
// Three things to read off. Without the weights that a search over all layers removes, FT never reaches the
// benchmark, and ends four points lower (from the other initialisations it does, after about two to three times the
// epochs, one to two points lower): the printed row stands because layer 1 was left alone. A random mask of 40 %,
// 16 400 weights, costs 0.4 points. And the F1 of 99 images moves by five points between networks whose F1 on all 12
// 601 moves by one.
//
// Accuracy from all five initialisations, with the paper's values:

// %%
const tables = [
  await table1({ datasets: ['mnist'] }),
  await table2({ datasets: ['mnist'] }),
  await table3({ datasets: ['mnist'] }),
];
const paperRow = Object.assign({}, ...tables.map(each => each.rows.at(-1)?.cells));
const printed = (column: string): number | null => paperRow[column]?.published ?? null;
const inPaper = {
  dense: 'accDense',
  'FT published': 'accFT',
  'PT published': 'accPT',
  random: 'accRandom',
  magnitude: 'accMagnitude',
};
startsFigure(
  Object.entries(names).flatMap(([key, what]) => {
    const column = inPaper[key as keyof typeof inPaper];
    const ours = runs.flatMap(run => {
      const found = run.networks.find(each => each.network === key);
      return found === undefined
        ? []
        : [{ group: what, start: `initialisation ${run.init}`, value: found.asCoded.accuracy }];
    });
    if (column === undefined) return ours;
    return [...ours, { group: what, start: 'the paper', value: printed(column), marked: true }];
  }),
  {
    title: 'MNIST: accuracy, counted as the study’s code does',
    xTitle: 'test accuracy, as coded',
    name: 'ours, one dot an initialisation',
  },
);

// %% [markdown]
// ## 4. What it costs
//
// Processor time of the searches beside that of one dense training, in the same process.

// %%
table(
  runs.map(run => {
    const { steps, cpuSeconds, peakBytes } = run.cost;
    const dense = steps['dense training'].cpuSeconds;
    return {
      initialisation: run.init,
      'dense training (s)': dense,
      'FT search (s)': steps['FT search'].cpuSeconds,
      'PT search (s)': steps['PT search'].cpuSeconds,
      'FT search, dense trainings': steps['FT search'].cpuSeconds / dense,
      'PT search, dense trainings': steps['PT search'].cpuSeconds / dense,
      'all networks (s)': cpuSeconds,
      'memory (GB)': peakBytes / 1e9,
    };
  }),
  { caption: 'Processor time' },
);

// %% [markdown]
// The saving of the published FT mask is 0.34 % of the operations of an epoch.
//
// ## The rows
//
// Ours from initialisation 3, as coded and as intended, and the lowest and highest (as coded) of all five, under the
// published masks.

// %%
const columns = [
  ['dense', 'dense', 'Dense'],
  ['FT published', 'FT', 'FT'],
  ['PT published', 'PT', 'PT'],
  ['random', 'random, 40 %', 'Random'],
  ['magnitude', 'cut by 10 %', 'Magnitude'],
] as const;
const range = (values: readonly (number | null)[]) => {
  const known = values.flatMap(value => (value === null ? [] : [value]));
  const text = (value: number) => (value < 1 ? value.toFixed(4) : String(value));
  return known.length === 0 ? 'none' : `${text(Math.min(...known))} to ${text(Math.max(...known))}`;
};
table(
  columns
    .flatMap(([key, what, suffix]) => {
      const all = runs.flatMap(run => run.networks.filter(each => each.network === key));
      const own = third.networks.find(each => each.network === key);
      if (own === undefined) return [];
      const line = (
        label: string,
        column: string,
        coded: number | null,
        intended: number | null,
        others: (number | null)[],
      ) => ({
        network: what,
        quantity: label,
        'the paper': printed(`${column}${suffix}`),
        'ours, as coded': coded ?? 'never',
        'ours, as intended': intended ?? 'never',
        'all runs, as coded': range(others),
      });
      const reached = (reading: { stopped: boolean; publishedEpoch: number }) =>
        reading.stopped ? reading.publishedEpoch : null;
      return [
        line(
          'weights left',
          'flops',
          own.flops,
          own.flops,
          all.map(each => each.flops),
        ),
        line(
          'epoch, from 0',
          'epochs',
          reached(own.asCoded),
          reached(own.asIntended),
          all.map(each => reached(each.asCoded)),
        ),
        line(
          'accuracy',
          'acc',
          own.asCoded.accuracy,
          own.asIntended.accuracy,
          all.map(each => each.asCoded.accuracy),
        ),
        line(
          'macro F1',
          'f1',
          own.asCoded.f1,
          own.asIntended.f1,
          all.map(each => each.asCoded.f1),
        ),
      ];
    })
    .filter(row => row['the paper'] !== null),
  { limit: 30, caption: `MNIST, the paper's numbers beside ours (initialisation ${third.init})` },
);

// %% [markdown]
// ## The answer
//
// **The rows can be approached, not repeated: our accuracies from initialisation 3 lie within 1.1 points of the
// printed ones, our epochs within 3.** Images and batch order are not public, and the FT mask published for that
// start holds 138 weights where the table says 139.
//
// - *Accuracy is kept (claim 3):* with 138 of 41 000 weights gone, yes; 16 400 taken by chance cost 0.4 points.
// - *Fewer epochs (claim 4):* the paper itself prints more for FT (30 against 27).
// - *The method:* applied to all weights it removes 23 379 from initialisation 3, and the network no longer reaches
//   the benchmark; from the others about as many (21 034 to 23 760), and it needs two to three times the epochs. What is
//   printed rests on not testing layer 1. (Of the layers that it tested, the study removed 138 weights and we 587
//   under the choices that give its small masks; so its choices on MNIST were probably others.)
// - *The printed F1* (0.84 to 0.88) is of 99 images; ours so counted runs from 0.89 to 0.99, where F1 on all images
//   is 0.91.
// - *The masks* of FT share with ours what chance would have it, 318 weights against 313; of PT 32 against 20. They
//   tell little of the start, and hence of the weights.
//
// To repeat it: `npx legcnet mnist --init 1` to `--init 5`, with `--checkpoint FOLDER` to go on after a
// stop.
//
// Functions: [createNetwork](../src/network/createNetwork.ts),
// [exponentsWhileTraining](../src/chaos/exponentsWhileTraining.ts), [init](../src/notebook/init.ts),
// [loadDataset](../src/data/loadDataset.ts), [recordTraining](../src/network/recordTraining.ts),
// [savedChoices](../src/study/savedChoices.ts), [savedMnistRuns](../src/study/savedMnistRuns.ts),
// [startsFigure](../src/figures/startsFigure.ts), [table](../src/notebook/table.ts), [table1](../src/study/tables.ts),
// [table2](../src/study/tables.ts), [table3](../src/study/tables.ts),
// [windowedLyapunov](../src/chaos/windowedLyapunov.ts)
