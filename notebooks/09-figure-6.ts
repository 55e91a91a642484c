// %% [markdown]
// # Figure 6: do pruned networks look at the same features?
//
// The paper explains its small networks with SHAP and says that LEGCNet-FT and -PT keep the importance of the features as the
// dense network has it, that random pruning does not, and of magnitude pruning both. Figure 6 shows Cancer; the appendix
// Titanic and Banknote.
//
// Here every bar is computed again, exactly (all coalitions of features, no sampling), from the study's initial weights and masks,
// and set beside the paper's, read off its pictures. Then the claim gets what it lacks: a measure of drift with an interval, and
// a yardstick, dense networks that differ in nothing but their initial weights.
//
// This notebook needs files of the study: `npx legcnet data cancer banknote titanic` fetches them.

// %%
import {
  applyMask,
  createMask,
  drift,
  figure6,
  figure6Figures,
  init,
  loadDataset,
  magnitudeMask,
  publishedMaskIndices,
  publishedNetwork,
  randomMask,
  selectRows,
  shapley,
  studyTraining,
  table,
  train,
} from 'legcnet';

init();

// %% [markdown]
// ## 1. The bars
//
// Mean |SHAP| over all test rows, against 100 training rows. Circles are the paper's bars. Features keep the order of the dense
// network; an orange-red number is the rank where it is another one.

// %%
const bars = await figure6();
const figures = figure6Figures(bars);
figures[0];

// %%
figures[1];

// %%
figures[2];

// %% [markdown]
// How near are we to the paper? The largest difference of any bar of a panel, and whether both order the features alike:

// %%
table(
  bars.panels.map(({ dataset, network, init, removed, deviation, sameOrder, note }) => ({
    'data set': dataset,
    network: network,
    initialisation: init,
    removed: removed,
    'largest difference': deviation,
    'same order': sameOrder ? 'yes' : 'no',
    why: note ?? '',
  })),
  { limit: 15 },
);

// %% [markdown]
// Dense, LEGCNet-FT and -PT agree within 0.0005 and in order, but for Banknote PT (0.0059), whose bars no published mask gives.
// Magnitude agrees within 0.0006 when the trained network is cut by 25 % and not trained again; on Cancer and Banknote that
// network has another initialisation than the dense one beside it. The random masks are not published, so ours are other
// draws; on Banknote the paper shows its magnitude panel twice, and nothing is known of the random one.
//
// Mind how little is removed: on Cancer, the paper's Figure 6, the mask of LEGCNet-FT removes 2 weights of 60 and that of
// LEGCNet-PT one.
//
// ## 2. How far from the dense network?
//
// Kendall's tau is 1 for the same order of features, the relative difference 0 for the same bars (sum of the differences over the
// sum of the bars); intervals over test rows. The dense network is first the one that the paper shows beside it, then the one
// that the pruned network was really made from: for random and magnitude on Cancer and Banknote these are not the same.

// %%
const withInterval = ({ value, low, high }: { value: number; low: number; high: number }) =>
  `${value.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
table(
  bars.panels
    .filter(({ network }) => network !== 'dense')
    .map(panel => ({
      'data set': panel.dataset,
      network: panel.network,
      'tau, shown dense': withInterval(panel.drift.kendall),
      'difference, shown dense': withInterval(panel.drift.relativeL1),
      'by the paper’s bars': panel.publishedDrift?.relativeL1.toFixed(2) ?? '',
      'tau, own dense': withInterval(panel.driftFromOwnDense.kendall),
      'difference, own dense': withInterval(panel.driftFromOwnDense.relativeL1),
    })),
  { limit: 12 },
);

// %% [markdown]
// ## 3. The yardstick
//
// Dense networks from the study's initialisations 1 to 5 have learned the same task from the same rows, so the distances
// between their bars say how far explanations move by the start alone. Beside them, five networks of each kind, each compared
// with the dense network of its own initialisation: under the published masks, without a random 40 % (trained from the same
// initial weights), and cut by 25 %. The background is the first 100 training rows.

// %%
type Kind = 'dense' | 'FT' | 'PT' | 'random 40 %' | 'magnitude 25 %';
const explained = async (name: 'cancer' | 'banknote' | 'titanic', start: number, kind: Kind) => {
  const data = await loadDataset(name, { procedure: 'published' });
  const initial = await publishedNetwork(name, start);
  const training = studyTraining(name, 'published');
  let network = initial;
  if (kind === 'FT' || kind === 'PT') {
    network = applyMask(
      initial,
      createMask(initial.layers, await publishedMaskIndices(name, kind, start), kind),
    );
  } else if (kind === 'random 40 %') {
    network = applyMask(initial, randomMask(initial, { share: 0.4, seed: start }));
  }
  const run = await train(network, data, training);
  const { final } = run;
  network = kind === 'magnitude 25 %' ? applyMask(final, magnitudeMask(final, { share: 0.25 })) : final;
  const background = selectRows(
    data.train,
    Array.from({ length: 100 }, (_, row) => row),
  );
  const values = await shapley(network, background, data.test, { names: data.features });
  return { values: values, stopped: run.stopped };
};
const median = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  const [below, above] = [Math.floor((values.length - 1) / 2), Math.floor(values.length / 2)];
  return (sorted[below] + sorted[above]) / 2;
};
const inits = [1, 2, 3, 4, 5];
const yardstick = [];
for (const name of ['cancer', 'banknote', 'titanic'] as const) {
  const dense = [];
  for (const start of inits) dense.push((await explained(name, start, 'dense')).values);
  const pairs = inits.flatMap(i =>
    inits.filter(j => j > i).map(j => drift(dense[i - 1], dense[j - 1], { draws: 39 })),
  );
  yardstick.push({
    'data set': name,
    network: 'dense, two starts',
    'difference, median': median(pairs.map(({ relativeL1 }) => relativeL1.value)),
    'same order': `${pairs.filter(({ sameOrder }) => sameOrder).length} of 10`,
    'nearer than all other dense': '',
    'benchmark reached': '',
  });
  for (const kind of ['FT', 'PT', 'random 40 %', 'magnitude 25 %'] as const) {
    const found = [];
    let reached = 0;
    for (const start of inits) {
      const pruned = await explained(name, start, kind);
      const band = dense.filter((_, i) => i !== start - 1);
      found.push(drift(dense[start - 1], pruned.values, { draws: 39, band: band }));
      if (pruned.stopped) reached++;
    }
    yardstick.push({
      'data set': name,
      network: kind,
      'difference, median': median(found.map(({ relativeL1 }) => relativeL1.value)),
      'same order': `${found.filter(({ sameOrder }) => sameOrder).length} of 5`,
      'nearer than all other dense': `${found.filter(({ relativeL1 }) => relativeL1.bandShare === 1).length} of 5`,
      'benchmark reached': `${reached} of 5`,
    });
  }
}
table(yardstick, {
  limit: 15,
  caption: 'Relative difference of mean |SHAP|, and whether the order of features is kept',
});

// %% [markdown]
// ## The answer
//
// **Claim 9**, LEGCNet-FT and -PT keep the importance of the features, random pruning does not: **holds with limits.**
//
// - *In the panels that the paper shows.* On Cancer FT and PT keep the order. On Titanic FT changes it (tau 0.60, difference 0.27,
//   by the paper's bars as well), on Banknote PT does (tau 0.67). Magnitude keeps the order on Titanic and Banknote; one place of the text says so,
//   another that importance fluctuates under it.
// - *Over five initialisations.* Dense networks order the features alike in 10 of 10 pairs on each data set: the start hardly
//   matters. FT keeps the order in 1 of 5 networks on Cancer and 4 of 5 on the other two, PT in 1, 3 and 1. By the median FT
//   moves the bars more than another start does on Cancer (0.1429 against 0.0827) and Banknote (0.0329 against 0.0147), less on
//   Titanic (0.0319 against 0.07; but 0.27 from the start that the paper shows). PT moves them more on all three; on Titanic
//   only 1 of 5 PT networks reaches the benchmark at all.
// - *Random pruning* keeps the order in 1 of 15 networks, as the paper says.
// - *Magnitude* moves the bars least: 0.05806, 0.01355 and 0.02197, less than another start does on Cancer and Titanic and about
//   as much on Banknote, and keeps the order in 12 of 15. It has an easy task, since it is cut from the trained network and not
//   trained again; still, a user who wants to keep explanations is better served by it.
//
// **Limits.** Three small data sets, five initialisations, the study's own scaling and stop rule. The bars are means of
// |SHAP| over test rows; equal bars do not mean equal explanations of single rows.
//
// To repeat it: `npx legcnet notebook figure-6`; the panels alone: `npx legcnet figure 6 --json`.
//
// Functions: [applyMask](../src/network/applyMask.ts), [createMask](../src/network/mask.ts),
// [drift](../src/explanation/drift.ts), [figure6](../src/study/figure6.ts),
// [figure6Figures](../src/study/figure6Figures.ts), [init](../src/notebook/init.ts),
// [loadDataset](../src/data/loadDataset.ts), [magnitudeMask](../src/pruning/magnitudeMask.ts),
// [publishedMaskIndices](../src/data/publishedMasks.ts), [publishedNetwork](../src/network/publishedNetwork.ts),
// [randomMask](../src/pruning/randomMask.ts), [selectRows](../src/explanation/explainedRows.ts),
// [shapley](../src/explanation/shapley.ts), [studyTraining](../src/study/studyTraining.ts),
// [table](../src/notebook/table.ts), [train](../src/network/train.ts)
