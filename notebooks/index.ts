// %% [markdown]
// # What becomes of the paper's claims, tables and figures?
//
// *A Chaos-Causality Approach to Principled Pruning of Dense Neural Networks* (Sahu, Chadha, Mathur, Nagaraj and Saha, Chaos Theory
// and Applications 7(2), 2025, 154-165) makes fourteen claims, and shows four tables, six figures and an appendix. This notebook
// lists them, says in which notebook each is looked into, and gives a verdict: **holds**, **holds with limits**, **does not hold**,
// **not testable**, or **not measured** where nothing here measures it or files of the study are not at hand.
//
// No verdict is written by hand. Each follows by a rule from numbers, and the numbers are computed when the cell runs: live on the
// irises where that takes seconds, else from rows saved with the package. Half a minute for all. The statements are in our words.
//
// ## Where to look
//
// | claim | about | notebook |
// |---|---|---|
// | 1 | chaos in gradient descent | [02-is-gradient-descent-chaotic](02-is-gradient-descent-chaotic.ipynb) |
// | 2, 14 | causes and a natural threshold; other measures of causality | [03-from-exponents-to-causes](03-from-exponents-to-causes.ipynb) |
// | 3, 4, 5, 6; Table 1 | accuracy, epochs, operations, lottery tickets | [04-table-1](04-table-1.ipynb) |
// | 7; Table 2 | a tenth of the run | [05-table-2](05-table-2.ipynb) |
// | 8; Table 3 | pruning by chance and by magnitude | [06-table-3](06-table-3.ipynb), [13-does-the-choice-of-weights-matter](13-does-the-choice-of-weights-matter.ipynb) |
// | 10, 11; Table 4, Figure 5 | alpha, correlation traps | [08-table-4-and-figure-5](08-table-4-and-figure-5.ipynb), [16-what-does-alpha-say](16-what-does-alpha-say.ipynb) |
// | 9; Figure 6 | explanations | [09-figure-6](09-figure-6.ipynb) |
// | 12, 13; Figure 1 | theory | [11-theory](11-theory.ipynb) |
// | Figures 2, 3, 4 | the method | [12-method](12-method.ipynb) |
// | appendix | all spectra, all bars | [10-appendix](10-appendix.ipynb) |
// | MNIST | in all of them | [07-mnist](07-mnist.ipynb) |
// | the data | what the networks learn from | [01-the-data](01-the-data.ipynb) |
// | beyond the paper | a table and a model of one's own | [15-your-own-data-and-model](15-your-own-data-and-model.ipynb) |
// | what is left open | readings of the text and what each changes | [14-what-the-paper-leaves-open](14-what-the-paper-leaves-open.ipynb) |
//
// To begin with: [00-quickstart](00-quickstart.ipynb).

// %%
import { claims, init, show, table } from 'legcnet';

init();

// %% [markdown]
// ## The claims

// %%
const judged = await claims();
const only = (...kinds: readonly string[]) => ({
  ...judged,
  rows: judged.rows.filter(({ item }) => kinds.some(kind => item.startsWith(kind))),
});
table(
  only('Claim').rows.map(({ item, verdict, says, because }) => ({
    item,
    verdict,
    'the paper, in our words': says,
    why: because,
  })),
  { limit: 14 },
);

// %% [markdown]
// With all numbers, the rule behind each verdict, and the command that prints them:

// %%
const all = only('Claim');
show(all);

// %% [markdown]
// ## Tables, figures, appendix
//
// Here the question is whether they can be repeated.

// %%
const exhibits = only('Table', 'Figure', 'Appendix');
show(exhibits);

// %% [markdown]
// ## How many of each

// %%
const verdicts = [...new Set(judged.rows.map(({ verdict }) => verdict))];
table(
  ['Claim', 'Table', 'Figure', 'Appendix'].map(kind => {
    const { rows } = only(kind);
    const row: Record<string, string | number> = { of: kind, all: rows.length };
    for (const each of verdicts) row[each] = rows.filter(({ verdict }) => verdict === each).length;
    return row;
  }),
);

// %% [markdown]
// ## The answer
//
// **Of fourteen claims one holds, six hold with limits, six do not hold; one is a plan and cannot be tested.**
//
// - *Holds:* the sigmoid is Lipschitz (12), with 1/4 as the best constant.
// - *Hold with limits:* some weights' exponents help to predict the errors and some do not, but the test sets the threshold (2);
//   accuracy is kept where few weights go (3); operations fall for a forward pass, the search costs hundreds of trainings (5); LEGCNet is at
//   par with its rivals as printed, and has no advantage at equal numbers of removed weights (8); explanations are kept by some of its
//   networks and by none under random masks, most often by magnitude (9); wide networks lose little if few enough weights go, but not
//   if a fixed share of a sigmoid network goes, as in the study (13).
// - *Do not hold:* chaos (1), fewer epochs (4), lottery tickets (6), the partial run (7), alpha between 2 and 6 (10), the correlation
//   trap (11).
// - *The tables can be repeated* as far as the study published what is needed: no result of Tables 1 to 3 differs without a known
//   reason. Figure 6 comes out in every bar; Table 4 and the spectra of the figures are not of the same networks.
//   The flowcharts (Figures 2 to 4) can be walked, but not as the text has them: its own choices remove nearly every weight of Iris,
//   and the study's code makes no perturbed run.
//
// What a verdict means is its rule, and a reader who would draw a line elsewhere has the numbers. "Does not hold" says that the
// numbers of this package do not bear a claim out, on these data sets, from these starts; it does not say that the opposite is true.
//
// To repeat it: `npx legcnet claims`, with `--only 3` for one of them and `--json` for machines.
//
// Functions: [claims](../src/study/claims.ts), [init](../src/notebook/init.ts), [show](../src/notebook/views.ts),
// [table](../src/notebook/table.ts)
