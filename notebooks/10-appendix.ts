// %% [markdown]
// # The appendix: what do all spectra and all SHAP bars show?
//
// The figures that the paper's appendix holds, and those of its data sets that it leaves out: spectra of all three layers of five
// MNIST networks, and SHAP bars of every small data set, five networks each. What they
// say is discussed in the notebooks [08-table-4-and-figure-5](08-table-4-and-figure-5.ipynb) and [09-figure-6](09-figure-6.ipynb); here they are in full.
//
// The spectra come from saved networks. The bars need files of the study: `npx legcnet data cancer banknote titanic iris
// iris3f vowel` fetches them.

// %%
import { figure6, figure6Figures, init, savedFigure5, savedSpectralRecords, table } from 'legcnet';

init();

// %% [markdown]
// ## 1. Spectra
//
// Eigenvalues of a layer (green) beside those of the same weights in random places, five copies (orange-red); the ochre line is the
// largest of these. One row a network, one column a layer; initialisation 3.

// %%
const networks = ['dense', 'LEGCNet-FT', 'LEGCNet-PT', 'random', 'magnitude'] as const;
savedFigure5({ networks: networks, layers: [1, 2, 3] });

// %% [markdown]
// Most eigenvalues of the first layers crowd at the left; a logarithmic axis spreads them.

// %%
savedFigure5({ networks: networks, layers: [1, 2, 3], scale: 'log' });

// %% [markdown]
// How much of this depends on where a network started? Eigenvalues above the ochre line, by initialisation:

// %%
const records = savedSpectralRecords();
table(
  networks.flatMap(name =>
    [1, 2, 3].map(layer => {
      const row: Record<string, string | number> = { network: name, layer: layer };
      for (const record of records) {
        const found = record.networks.find(each => each.name === name)?.layers[layer - 1];
        const above = found?.eigenvalues.filter(each => each > found.largestRandom).length;
        row[`init ${record.init}`] = `${above} of ${found?.count}`;
      }
      return row;
    }),
  ),
  { limit: 15 },
);

// %% [markdown]
// Little: 6 to 8 in the first layer, 3 to 5 in the second, at most 2 in the last, whatever the network. Magnitude looks like
// dense because its missing weights are the smallest ones.
//
// ## 2. SHAP bars
//
// Mean |SHAP| over all test rows, exact, against 100 training rows; circles are the paper's bars, where it has them. Features keep
// the order of the dense network; an orange-red number is the rank where it is another one. For Iris the values of all three outputs
// are added, for vowel those of all six; vowel's FT and PT masks are made here, since the study lists none.

// %%
const bars = await figure6({ datasets: ['cancer', 'banknote', 'titanic', 'iris', 'iris3f', 'vowel'] });
const figures = figure6Figures(bars);
figures[0];

// %%
figures[1];

// %%
figures[2];

// %%
figures[3];

// %%
figures[4];

// %%
figures[5];

// %% [markdown]
// Which networks order the features as their dense network does, and how far the bars have moved (sum of the differences over the
// sum of the bars), from the dense network of the same initialisation:

// %%
table(
  [...new Set(bars.panels.map(({ dataset }) => dataset))].map(dataset => {
    const row: Record<string, string> = { 'data set': dataset };
    for (const panel of bars.panels.filter(each => each.dataset === dataset && each.network !== 'dense')) {
      const { sameOrder, relativeL1 } = panel.driftFromOwnDense;
      row[panel.network] = `${sameOrder ? 'same order' : 'other order'}, ${relativeL1.value.toFixed(2)}`;
    }
    return row;
  }),
);

// %% [markdown]
// ## The answer
//
// - *Spectra:* eigenvalues that the same weights in random places do not give, in the first two layers of every network, pruned or
//   not; hardly any in the last.
// - *Bars:* from these initialisations LEGCNet-FT keeps the order of the features on five of six data sets (not on Titanic), PT on
//   five (not on Banknote), magnitude on five (not on Cancer), random on one (Iris). Over five initialisations it is less
//   often: see [09-figure-6](09-figure-6.ipynb).
//
// To repeat it: `npx legcnet notebook appendix`; single panels: `npx legcnet figure 5 --layer 3 --network random --json`,
// `npx legcnet figure 6 --dataset titanic --json`.
//
// Functions: [figure6](../src/study/figure6.ts), [figure6Figures](../src/study/figure6Figures.ts),
// [init](../src/notebook/init.ts), [savedFigure5](../src/study/figure5.ts),
// [savedSpectralRecords](../src/study/savedSpectralRecords.ts), [table](../src/notebook/table.ts)
