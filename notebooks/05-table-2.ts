// %% [markdown]
// # Table 2: is a tenth of the training enough to choose the weights?
//
// LEGCNet-PT does what LEGCNet-FT does, but looks only at the first epochs of the dense run. Table 2 of the study
// sets the two side by side. Claim 7: about 10 % of the iterates suffice, and the network so pruned matches the
// dense one without any further tuning.
//
// This notebook asks whether the rows can be repeated (two of them are not what they are said to be), how the other
// published starts do, and what happens when a tenth is taken at its word. Networks come from saved rows
// (`data/studyRecords.json`); sections 1, 4 and 5 compute.

// %%
import {
  compactionSizes,
  compactionTimes,
  costInDenseRuns,
  init,
  legcnetPT,
  loadDataset,
  maskCompactions,
  params,
  publishedNetwork,
  recomputedMask,
  savedMaskChoices,
  startsFigure,
  studyProcedure,
  table,
  table1,
  table2,
  tableFigure,
  timings,
} from 'legcnet';

init();
/** True trains again what the tables otherwise read from saved rows: `npm run notebooks -- 05-table-2 --recompute`. */
const { recompute } = params({ recompute: false });

// %% [markdown]
// ## 1. Two rows that are something else
//
// **Iris with three features.** The study lists no removed weight for PT of initialisation 2, and yet the row prints
// 28 of 36 weights left. The mask made with 14 lags in the tests, as stated, is indeed empty; made with up to 8 lags
// it gives the row: epoch 135, accuracy 0.9333, F1 0.9330. (This cell reads the study's initial weights: from the
// cache, from a mirror, or from the network on first use.)

// %%
await recomputedMask('iris3f', 'PT', 2, { choice: { maxLag: 8 } });

// %% [markdown]
// **Banknote.** The row prints 37 of 40 weights left, epoch 6, accuracy 0.8945. No PT mask gives it. It is the row
// of *FT* from initialisation 5, digit for digit:

// %%
const banknoteFT = await table1({ datasets: ['banknote'], init: 5, recompute: recompute });
const banknotePT = await table2({ datasets: ['banknote'], recompute: recompute });
const [ft] = banknoteFT.rows;
const [pt] = banknotePT.rows;
table(
  [
    ['weights left', 'flopsFT', 'flopsPT'],
    ['epoch, from 0', 'epochsFT', 'epochsPT'],
    ['accuracy', 'accFT', 'accPT'],
    ['macro F1', 'f1FT', 'f1PT'],
  ].map(([what, left, right]) => ({
    what: what,
    'Table 2, PT': pt.cells[right].published,
    'our FT of initialisation 5': ft.cells[left].ours,
    'our PT of initialisation 4': pt.cells[right].ours ?? 'never stops',
  })),
  { caption: 'Banknote: what the PT row holds' },
);

// %% [markdown]
// ## 2. All published starts
//
// Epochs of PT beside those of the dense network, all five published masks of every small data set. A run is given
// up where the study gave it up, 50 epochs after the number it recorded.

// %%
const five = ['cancer', 'titanic', 'banknote', 'iris', 'iris3f'] as const;
const dense = await table1({ datasets: five, init: 'all', recompute: recompute });
const partial = await table2({ datasets: five, init: 'all', recompute: recompute });
const runs = partial.rows.map(({ dataset, init: start, cells }, i) => {
  const before = dense.rows[i].cells;
  const never = cells.epochsPT.ours === null;
  return {
    dataset,
    start,
    isPaper: before.epochsDense.published !== null,
    share: never ? null : (100 * ((cells.epochsPT.ours ?? 0) + 1)) / ((before.epochsDense.ours ?? 0) + 1),
    accuracy: 100 * ((cells.accPT.ours ?? Number.NaN) - (before.accDense.ours ?? Number.NaN)),
    removed: cells.prunedPercentPT.ours ?? Number.NaN,
  };
});
startsFigure(
  runs.map(({ dataset, start, share, isPaper }) => ({
    group: dataset,
    start: `initialisation ${start}`,
    value: share,
    marked: isPaper,
  })),
  {
    title: 'Epochs of LEGCNet-PT, five starts',
    xTitle: 'epochs to the benchmark, % of the dense network',
    name: 'other published starts',
    markedName: 'the start in Table 2',
    reference: 100,
    missingName: 'never',
  },
);

// %%
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
table(
  five.map(dataset => {
    const own = runs.filter(run => run.dataset === dataset);
    const paper = own.find(run => run.isPaper);
    return {
      'data set': dataset,
      'the start in Table 2: epochs (%)': paper?.share ?? 'never stops',
      'faster, of five': own.filter(run => run.share !== null && run.share < 100).length,
      slower: own.filter(run => run.share !== null && run.share > 100).length,
      'never stops': own.filter(run => run.share === null).length,
      'removed, mean (%)': mean(own.map(run => run.removed)),
      'accuracy, mean of five (points)': mean(own.map(run => run.accuracy)),
      'worst (points)': Math.min(...own.map(run => run.accuracy)),
    };
  }),
  { caption: 'LEGCNet-PT against the dense network' },
);

// %% [markdown]
// Seven of the 25 runs never reach the benchmark; on Titanic the printed start is the only one of five that does.
// Twelve more reach it later than the dense network or, once, at the same time. Six are faster.
//
// ## 3. How long is a tenth?
//
// The epochs used are a setting of the study, printed in its table. The published masks tell which setting made
// them: made with it, a mask is the published one; made with another, it is a different one. (Saved rows of `npx
// legcnet masks`; PT, all five initialisations together.)

// %%
const choices = savedMaskChoices();
const wanted = [
  'published',
  'Titanic from 3 epochs',
  'one epoch less',
  'one epoch more',
  'one lag less',
  'one lag more',
];
table(
  choices.rows
    .filter(({ variant, choice }) => variant === 'PT' && wanted.some(start => choice.startsWith(start)))
    .map(({ choice, total }) => ({
      'masks made with': choice,
      'removed by ours': total.recomputed,
      'shared with the published 308': total.shared,
      'by chance': total.chance,
    })),
  { caption: 'Which setting made the published PT masks' },
);

// %% [markdown]
// All 308 weights come out, none more, if Titanic is given seven epochs; with the three that the table prints its
// masks are empty. With one epoch less on all data sets 194 of the 308 are shared, with one more 250. A choice that
// turns with a single epoch is hardly a property of the weights.
//
// What the text calls a tenth is 7 to 22 % of the dense run. At its word (`described`: windows of 200, a difference
// series, the F test, the first tenth), and under `sound`, the same table reads:

// %%
const six = ['cancer', 'titanic', 'banknote', 'iris', 'iris3f', 'vowel'] as const;
const described = await table2({ procedure: 'described', datasets: six, recompute: recompute });
const sound = await table2({ procedure: 'sound', datasets: six, recompute: recompute });
table(
  sound.rows.map(({ dataset, cells, starts }) => {
    const other = described.rows.find(row => row.dataset === dataset);
    const lost = (row: typeof cells | undefined) => {
      const { distribution } = row?.epochsPT ?? {};
      return distribution === undefined ? starts : distribution.missing;
    };
    return {
      'data set': dataset,
      starts,
      'described: not at the benchmark': lost(other?.cells),
      'described: removed (%)': other?.cells.prunedPercentPT.ours ?? 'too few windows',
      'sound: not at the benchmark': lost(cells),
      'sound: removed (%)': cells.prunedPercentPT.ours,
      'sound: accuracy PT': cells.accPT.ours,
      'sound: accuracy FT': cells.accFT.ours,
    };
  }),
  { caption: 'A tenth, taken at its word: starts that have no mask or never reach the benchmark' },
);

// %% [markdown]
// The reason is plain: a tenth of these runs holds so few windows that a Granger test has next to nothing to go by.
// Few weights are called causal, most are removed, and the network that is left no longer learns. The study's chain
// escapes this by taking the smallest p-value of many lags, which calls more weights causal in short series,
// whatever the weights do (see the notebook [03-from-exponents-to-causes](03-from-exponents-to-causes.ipynb)).
//
// ## 4. What it costs
//
// PT's search reads a ninth of the run, so it should be cheap. Iris, initialisation 5:

// %%
const iris = await loadDataset('iris', { procedure: 'published' });
const whole = await legcnetPT(await publishedNetwork('iris', 5), iris, {
  ...studyProcedure('iris', 'published').PT,
  controls: 'none',
});
table(costInDenseRuns(whole.cost), { caption: 'Operations, in millions and in dense runs' });

// %% [markdown]
// A small part of what FT's search costs here (some 200 dense runs), and still eight dense runs, to save 9 % of one.
//
// ## 5. What the masks leave when dead units are taken out
//
// A hidden unit goes as a whole when nothing reaches it or nothing reads it (as in the notebook
// [04-table-1](04-table-1.ipynb), section 5). PT removes more weights than FT, so more units die:

// %%
const compacted = await maskCompactions('PT');
table(compactionSizes(compacted), { caption: 'Compacted: dead units removed, constants folded' });

// %%
timings(compactionTimes(compacted), { caption: 'Prediction of the test part; other numbers in every run' });

// %% [markdown]
// On Titanic 27 weights go, and with them seven of eight hidden units: what is left is one unit. Banknote keeps two of
// eight, Cancer four of six. So PT does make these three networks smaller, to 13, 25 and 67 % of their multiplications;
// on Iris and MNIST nothing is gained. (The published list for three-feature Iris is empty.) Whether a dense network
// that is trained at such a size does as well is a fair question, and the notebook
// [13-does-the-choice-of-weights-matter](13-does-the-choice-of-weights-matter.ipynb) asks it: it mostly does better.
//
// ## The table
//
// Ours beside the paper's.

// %%
const paper = await table2({ recompute: recompute });
paper;

// %%
tableFigure(paper);

// %% [markdown]
// ## The answer
//
// **Claim 7 does not hold.** The table can be repeated, 36 of 45 results of the five small data sets as printed and
// the other nine explained: four belong to a mask made with 8 lags instead of 14, five to an FT run of another
// start.
//
// - *About 10 % of the iterates:* 7 to 22 %. Titanic's masks come from 7 epochs, not from the 3 that are printed.
// - *Matches the dense network:* for the printed starts of Cancer, Titanic and Iris, yes. Over all 25 published
//   masks, 7 never reach the benchmark and 6 are faster than the dense network; Titanic loses 9 points at worst.
// - *Without further tuning:* only with the study's windows and lags, chosen data set by data set. Under `described`
//   and `sound`, where the number of lags is fixed or chosen by a criterion, most starts never reach the benchmark
//   on any data set.
//
// To repeat it: `npx legcnet table 2 --recompute`.
//
// Functions: [compactionSizes](../src/study/maskCompactions.ts), [compactionTimes](../src/study/maskCompactions.ts),
// [costInDenseRuns](../src/study/costInDenseRuns.ts), [init](../src/notebook/init.ts),
// [legcnetPT](../src/study/legcnet.ts), [loadDataset](../src/data/loadDataset.ts),
// [maskCompactions](../src/study/maskCompactions.ts), [params](../src/notebook/params.ts),
// [publishedNetwork](../src/network/publishedNetwork.ts), [recomputedMask](../src/study/recomputedMask.ts),
// [savedMaskChoices](../src/study/maskChoices.ts), [startsFigure](../src/figures/startsFigure.ts),
// [studyProcedure](../src/study/studyProcedure.ts), [table](../src/notebook/table.ts),
// [table1](../src/study/tables.ts), [table2](../src/study/tables.ts), [tableFigure](../src/study/tableFigure.ts),
// [timings](../src/notebook/table.ts)
