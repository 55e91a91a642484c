// %% [markdown]
// # Which weights of a network can go, and does chaos tell?
//
// While a network learns, each of its weights draws a trajectory. Start the same training twice, with one weight
// moved by a millionth, and the two trajectories of every weight drift apart or close up. The rate is a **Lyapunov
// exponent**. Sahu and colleagues (2025) ask of every weight whether its exponent helps to *predict* the errors that
// the network makes, and remove those that do not.
//
// This notebook walks the whole way once, on Fisher's irises, in eleven steps: load, build, train, perturb, measure,
// test, prune, train again, compare, check, and then the same with the study's own choices. It takes a few seconds.
// Change any option and run on; a step that takes longer shows how far it is, and the stop button stops it.

// %%
import {
  compare,
  comparisonFigure,
  createNetwork,
  exponentFigure,
  grangerFigure,
  grangerScan,
  init,
  loadDataset,
  lossFigure,
  makeStationary,
  misclassification,
  recordTraining,
  recordTwin,
  removalCounts,
  retrain,
  selectWeights,
  show,
  shuffledMask,
  table,
  train,
  trajectoryFigure,
  windowedLyapunov,
} from 'legcnet';

init();

// %% [markdown]
// ## 1. The data
//
// Four lengths of 150 flowers of three kinds. The split and the scaling follow the study's own code, which is the
// `published` procedure. `described` follows the text of the paper, `sound` is what we would do today.

// %%
const iris = await loadDataset('iris', { procedure: 'published' });
iris;

// %% [markdown]
// ## 2. The network
//
// One hidden layer of six sigmoid units, one output unit for each kind of iris. The initial weights are normal with a
// standard deviation of 0.1, drawn from the seed.

// %%
const network = createNetwork({ layers: [4, 6, 3], init: { name: 'normal', sd: 0.1 }, seed: 1 });
network;

// %% [markdown]
// ## 3. Train, and record every weight
//
// Gradient descent on the squared error, one flower an update, always in the same order. Training ends after the first
// epoch in which 95 % of the training flowers have *all three* outputs right when rounded.

// %%
const training = {
  epochs: 250,
  learningRate: 0.05,
  batch: 1,
  loss: 'squared-error',
  shuffle: 'never',
  stop: { part: 'train', accuracy: 0.95 },
  accuracyRule: 'all-outputs',
} as const;
const recording = await recordTraining(network, iris, training);
lossFigure(recording);

// %% [markdown]
// Six of the 42 weights, spread over the network: they start close together near zero and part as it learns.

// %%
await trajectoryFigure(recording);

// %% [markdown]
// ## 4. Move one weight by a millionth
//
// Now two networks train in lock step, equal but for the first weight, $w_{11}$. What is recorded is the difference
// $\delta_t$ of every weight after $t$ updates. On a logarithmic axis, steady growth would be a straight line upwards.

// %%
const twin = await recordTwin(network, iris, { ...training, perturbation: { weight: 0, delta: 1e-6 } });
await trajectoryFigure(twin);

// %% [markdown]
// ## 5. One exponent for each weight and window
//
// Training is cut into windows of 160 updates. Inside a window the exponent is the slope of $\ln|\delta_t|$: above zero
// the two runs part, below zero they close up. Blue next to red is a difference that changes its sign: on the way its
// size dips to nothing and comes back.

// %%
const exponents = await windowedLyapunov(twin, { window: 160 });
exponentFigure(exponents);

// %% [markdown]
// ## 6. Do the exponents predict the errors?
//
// The target is the share of test flowers that the network gets wrong at the end of each window. For every weight, a
// Granger test asks whether last window's exponent helps to predict it, beyond what its own past tells.

// %%
const errors = await misclassification(recording, iris.test, exponents.ends);
const scan = await grangerScan(exponents, errors, { lag: 1 });
grangerFigure(scan, { alpha: 0.05 });

// %% [markdown]
// ## 7. Prune
//
// Weights whose exponent does not help are removed. (The paper's text also states the opposite rule in two places; it
// is one word away: `remove: 'causal'`.)

// %%
const mask = selectWeights(scan, { remove: 'non-causal', alpha: 0.05 });
mask;

// %% [markdown]
// ## 8. Train again, from the same start
//
// The sparse network begins with the initial weights of the dense one. The removed weights are held at zero.

// %%
const dense = await train(network, iris, training);
const sparse = await retrain(network, mask, iris, training);
sparse;

// %% [markdown]
// ## 9. Dense against sparse
//
// Mind which accuracy is meant. By *all outputs*, the rule of the study's code and of the stop rule above, a flower is right
// when each of its three outputs is on the right side of one half. Usually the largest output alone decides (*arg-max*),
// and so it does in the F1 score. The sparse network looks much better by that rule.

// %%
const comparison = compare(dense, sparse);
comparison;

// %%
comparisonFigure(comparison);

// %% [markdown]
// ## 10. Two checks
//
// **Is it the choice of weights, or only their number?** Remove as many weights from each layer, but leave to chance which
// ones. Nine such masks, trained the same way, beside ours:

// %%
const score = (run: typeof sparse) => ({
  'test accuracy (all outputs)': run.testAccuracy,
  'test accuracy (arg-max)': run.testArgmaxAccuracy,
  'met the stop rule': run.stopped ? 'yes' : 'no',
});
const masks = [{ mask: 'chosen by the Granger tests', ...score(sparse) }];
for (let seed = 1; seed <= 9; seed++) {
  const shuffled = shuffledMask(mask, { seed });
  masks.push({ mask: `shuffled, seed ${seed}`, ...score(await retrain(network, shuffled, iris, training)) });
}
masks.sort((a, b) => b['test accuracy (arg-max)'] - a['test accuracy (arg-max)']);
table(masks, { caption: `${mask.removed} of 42 weights removed in each, best first` });

// %% [markdown]
// The chosen mask comes out on top, as it would by luck alone in one of ten such comparisons. That is worth a second look
// and no more: it is one network, and with so few weights left much depends on whether they happen to lie on a path from
// an input to an output. Try another seed in step 2.
//
// **Is it prediction, or a common trend?** The errors fall from 1 to about 0.1 while the network learns. If an exponent
// drifts too, the two seem to predict one another, even when they have nothing to do with each other. So here is the
// same test on what is left when the drift is taken out, of all series alike:

// %%
const steady = makeStationary(exponents, errors);
show(steady);
removalCounts(await grangerScan(steady.exponents, steady.target, { lag: 1 }));

// %% [markdown]
// The first row counts the weights whose exponent still helps: fewer than in step 6, and at the 5 % level chance alone
// gives about two of 42. The other rows allow for the number of tests.
//
// ## 11. The same, with the study's own choices
//
// The study's published code turns off at three places. It measures the exponents on the weights themselves, not on
// the difference of two runs, with another estimator. Its windows overlap by a tenth. And for every weight it keeps the
// smallest p-value of 20 lags, from a chi-square test. All of that is one option away:

// %%
const studyExponents = await windowedLyapunov(recording, {
  estimator: 'rosenstein',
  preset: 'published',
  window: 160,
});
const studyErrors = await misclassification(recording, iris.test, studyExponents.ends);
const studyScan = await grangerScan(studyExponents, studyErrors, { preset: 'published' });
const studyMask = selectWeights(studyScan, { remove: 'non-causal', alpha: 0.05 });
grangerFigure(studyScan, { alpha: 0.05, mask: studyMask });

// %%
const studySparse = await retrain(network, studyMask, iris, training);
compare(dense, studySparse);

// %% [markdown]
// Which turn matters? Here are the exponents of step 5 again, with nothing changed but the test:

// %%
const lenientScan = await grangerScan(exponents, errors, { test: 'chi2', maxLag: 20 });
selectWeights(lenientScan, { remove: 'non-causal', alpha: 0.05 });

// %% [markdown]
// ## The answer
//
// **Can weights go?** A few: without those that the study's choices remove, the network does about as well as before.
// Without most of them (step 7) it never meets the stop rule, though the largest output still names most flowers.
//
// **Does chaos tell which?** This run does not decide it. The chosen weights did better than nine shuffles of them; but
// with the drift taken out hardly more tests reject than chance would have it, and none does after a correction for 42
// tests. With the smallest p-value of 20 lags nearly every weight counts as a cause, whichever exponents it is given, so
// little is removed and little can go wrong. How much is pruned was decided by the test, more than by the weights.
//
// Read the numbers with care. This is one run from one seed, and a single test flower is worth 3.3 points of accuracy.
// By themselves they are no evidence for or against the method: that takes many seeds, more data, and controls such as
// `shuffledMask`, `randomMask` and `magnitudeMask` in each.
//
// Steps 1 to 9 differ from the paper in this:
//
// 1. The initial weights come from our seed. The study's own are available as `publishedNetwork`.
// 2. One weight is moved by $10^{-6}$ in double precision; the paper's example moves it by $10^{-4}$.
// 3. The exponent is the slope of $\ln|\delta_t|$ in disjoint windows, straight from its definition, not an estimate from
//    nearest neighbours.
// 4. One lag and an F test, chosen in advance, not the best of many. No correction for 42 tests is made in either case;
//    `selectWeights` offers four.
//
// To repeat it: `npx legcnet notebook quickstart`.
//
// Functions: [compare](../src/network/compare.ts), [comparisonFigure](../src/figures/comparisonFigure.ts),
// [createNetwork](../src/network/createNetwork.ts), [exponentFigure](../src/figures/exponentFigure.ts),
// [grangerFigure](../src/figures/grangerFigure.ts), [grangerScan](../src/causality/grangerScan.ts),
// [init](../src/notebook/init.ts), [loadDataset](../src/data/loadDataset.ts),
// [lossFigure](../src/figures/lossFigure.ts), [makeStationary](../src/causality/makeStationary.ts),
// [misclassification](../src/network/misclassification.ts), [recordTraining](../src/network/recordTraining.ts),
// [recordTwin](../src/network/recordTwin.ts), [removalCounts](../src/pruning/removalCounts.ts),
// [retrain](../src/network/retrain.ts), [selectWeights](../src/pruning/selectWeights.ts),
// [show](../src/notebook/views.ts), [shuffledMask](../src/pruning/shuffledMask.ts), [table](../src/notebook/table.ts),
// [train](../src/network/train.ts), [trajectoryFigure](../src/figures/trajectoryFigure.ts),
// [windowedLyapunov](../src/chaos/windowedLyapunov.ts)
