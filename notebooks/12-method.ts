// %% [markdown]
// # What does the method do, step by step?
//
// The paper (Sahu and colleagues 2025) draws its method three times: at a glance (Figure 2), and as flowcharts of
// LEGCNet-FT, which looks at a whole training (Figure 3), and of LEGCNet-PT, which looks at its beginning (Figure 4).
// Here the same figures are drawn **from runs**: `legcnetFT` and `legcnetPT` hand back everything that happened, and
// `methodFigure` writes the numbers of that very run on the arrows. Boxes with a dashed frame hold what goes: a step that
// the settings leave out, or the weights that are removed.
//
// The runs are of Fisher's irises (network 4-6-3, 42 weights, initial weights from our seed 1), under the `sound`
// procedure, what a careful analyst would do today; then under `described`, the paper's text, and `published`, the
// study's own code. The question is what each of them does, and where they differ. It takes some seconds.

// %%
import {
  createNetwork,
  grangerFigure,
  init,
  legcnetFT,
  legcnetPT,
  loadDataset,
  methodFigure,
  methodNumbers,
  networkFigure,
  overviewFigure,
  type Procedure,
  seriesFigure,
  studyProcedure,
  table,
} from 'legcnet';

init();

// %% [markdown]
// The network, the procedure and the run; [`legcnetFT` and `legcnetPT`](../src/study/legcnet.ts) take a network and a data
// set of one's own as well, and [`methodFigure`](../src/study/methodFigure.ts) draws what they hand back.

// %%
const network = createNetwork({ layers: [4, 6, 3], seed: 1 });
const run = async (procedure: Procedure, variant: 'FT' | 'PT') => {
  const iris = await loadDataset('iris', { procedure });
  const prune = variant === 'FT' ? legcnetFT : legcnetPT;
  return prune(network, iris, studyProcedure('iris', procedure)[variant]);
};
const full = await run('sound', 'FT');

// %% [markdown]
// ## Figure 2: the method at a glance

// %%
overviewFigure(full);

// %% [markdown]
// What the steps of the lower row hand on, in this run: the errors and the exponents of each window (one weight's are drawn; both as
// changes from window to window, because the errors drift),

// %%
const { exponents, target } = full.search.stationary;
seriesFigure(exponents, target, { targetName: 'change of errors' });

// %% [markdown]
// one Granger test a weight,

// %%
grangerFigure(full.search.scan);

// %% [markdown]
// and the network that is left.

// %%
networkFigure(network, { mask: full.search.mask, title: 'What LEGCNet-FT keeps' });

// %% [markdown]
// ## Figure 3: LEGCNet-FT

// %%
methodFigure(full);

// %% [markdown]
// ## Figure 4: LEGCNet-PT
//
// The same, but only the first tenth of the epochs is looked at.

// %%
const partial = await run('sound', 'PT');
methodFigure(partial);

// %% [markdown]
// A tenth of the iterates is a tenth of the windows. The result itself warns of that:

// %%
table(partial.search.cautions.map(caution => ({ caution })));

// %% [markdown]
// ## What the paper's text describes
//
// Procedure `described`: Figures 3 and 4 as the text of the paper has them. TISEAN's exponent of the difference to a run
// whose first weight starts $10^{-4}$ higher, test misclassification, one F test.

// %%
const described = await run('described', 'FT');
methodFigure(described);

// %%
const describedPart = await run('described', 'PT');
methodFigure(describedPart);

// %% [markdown]
// ## What the study's code did
//
// Procedure `published`: it makes the study's masks of the five small networks again, every one of them (`npx legcnet
// masks`). The perturbed run has a dashed frame,
// because the exponents are those of the weights themselves.

// %%
const published = await run('published', 'FT');
methodFigure(published);

// %%
const publishedPart = await run('published', 'PT');
methodFigure(publishedPart);

// %% [markdown]
// ## The three side by side

// %%
const runs = {
  sound: [full, partial],
  described: [described, describedPart],
  published: [published, publishedPart],
};
const told = Object.entries(runs).flatMap(([procedure, pair]) =>
  pair.map(each => {
    const n = methodNumbers(each);
    return {
      run: `${procedure}, ${n.variant}`,
      'iterates × weights': `${n.iterates} × ${n.weights}`,
      δ: n.perturbation === null ? 'none' : String(n.perturbation.delta),
      windows: `${n.windows} of ${n.window}`,
      'exponents ok / not': `${n.exponentsOk} / ${n.exponents - n.exponentsOk}`,
      'tests (answered)': `${n.weights} (${n.answered})`,
      'p < 0.05': n.significant,
      removed: n.removed,
      'epochs dense → pruned': `${n.dense.epochs} → ${n.sparse.epochs}`,
      'test accuracy dense → pruned': `${n.dense.accuracy.toFixed(3)} → ${n.sparse.accuracy.toFixed(3)}`,
    };
  }),
);
table(told, { caption: 'Six runs from the same initial weights', limit: 10 });

// %% [markdown]
// ## The answer
//
// The method is one chain of steps, and every step has a number to show for itself. What the three procedures share is the
// chain; nearly everything else differs:
//
// - **Perturbation.** Figure 2 perturbs a weight and takes differences. The masks of the study's five small networks
//   come out, every one, when the exponents are taken of the *weights themselves* (`published`), and no perturbed run is made at all.
// - **How long.** The text trains FT "till convergence"; the code records a fixed number of epochs, here 200, where the
//   dense network reached its benchmark after 164. For PT it records 20.
// - **Windows.** The text has disjoint windows of 200; the code has windows of 160 for FT and 50 for PT, with 10 % overlap.
// - **Target.** Loss, accuracy and misclassification are all named; the code takes the misclassification of the *test*
//   part, so that the weights are chosen with a look at the rows that the result is measured on. `sound` takes a
//   validation part.
// - **Stationarity.** The text says that it was confirmed before testing; the masks come out without any treatment.
//   `sound` tests, and takes differences where the tests ask for them.
// - **Test.** The text names no lag. The code takes the smallest p-value of 20 lags of a χ² test (14 for PT), which calls
//   39 of 42 weights causal here, and all 42 for PT, so that nothing is pruned. One F test at lag 1 (`described`) calls 1
//   of 42 causal, and none for PT: 41 and 42 weights go, what is left cannot learn, and its test accuracy is 0.233.
// - **Which side goes.** The text says both. The figures, the tables and the code remove the weights that are *not*
//   causal; `search: { rule: { remove: 'causal' } }` removes the others.
//
// The dense run that is compared and the run that is recorded are two trainings in the code, as here; the flowcharts of
// the paper show one.
//
// To repeat it: `npx legcnet notebook method`; the figures alone: `npx legcnet figure 2`, `figure 3` and `figure 4`, with
// `--dataset`, `--procedure`, `--seed` or `--init`.
//
// Functions: [createNetwork](../src/network/createNetwork.ts), [grangerFigure](../src/figures/grangerFigure.ts),
// [init](../src/notebook/init.ts), [legcnetFT](../src/study/legcnet.ts), [legcnetPT](../src/study/legcnet.ts),
// [loadDataset](../src/data/loadDataset.ts), [methodFigure](../src/study/methodFigure.ts),
// [methodNumbers](../src/study/methodNumbers.ts), [networkFigure](../src/figures/networkFigure.ts),
// [overviewFigure](../src/study/methodFigure.ts), [seriesFigure](../src/figures/seriesFigure.ts),
// [studyProcedure](../src/study/studyProcedure.ts), [table](../src/notebook/table.ts)
