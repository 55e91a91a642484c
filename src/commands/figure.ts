import { parseArgs } from 'node:util';
import type { Procedure } from '../data/dataset';
import type { LegcnetVariant } from '../data/publishedMasks';
import type { Figure } from '../figures/figure';
import { figure1 } from '../study/figure1';
import { figure6 } from '../study/figure6';
import { figure5PanelFigures, figure6PanelFigures, type NamedFigure } from '../study/figurePanels';
import type { FigureRunOptions } from '../study/figureRun';
import { figure2, figure3, figure4 } from '../study/methodFigures';
import type { BarDataset, BarNetwork } from '../study/shapBars';
import type { SpectralNetworkName } from '../study/table4';

export async function printFigure(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      init: { type: 'string' },
      layer: { type: 'string', multiple: true },
      dataset: { type: 'string', multiple: true },
      network: { type: 'string', multiple: true },
      procedure: { type: 'string' },
      variant: { type: 'string' },
      seed: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { init, layer, dataset, network, procedure, variant, seed, json } = values;
  const run: FigureRunOptions = {
    ...(dataset !== undefined && { dataset: dataset[0] as NonNullable<FigureRunOptions['dataset']> }),
    ...(procedure !== undefined && { procedure: procedure as Procedure }),
    ...(variant !== undefined && { variant: variant as LegcnetVariant }),
    ...(init !== undefined && { init: Number(init) }),
    ...(seed !== undefined && { seed: Number(seed) }),
  };
  const drawn = async (name: string, figure: Promise<Figure>): Promise<readonly NamedFigure[]> => [
    { name, figure: await figure },
  ];
  const make: Readonly<Record<string, () => Promise<readonly NamedFigure[]>>> = {
    1: () => drawn('Figure 1', figure1(run)),
    2: () => drawn('Figure 2', figure2(run)),
    3: () => drawn('Figure 3', figure3(run)),
    4: () => drawn('Figure 4', figure4(run)),
    5: async () =>
      figure5PanelFigures({
        ...(init !== undefined && { init: Number(init) }),
        ...(layer !== undefined && { layers: layer.map(Number) }),
        ...(network !== undefined && { networks: network as SpectralNetworkName[] }),
      }),
    6: async () =>
      figure6PanelFigures(
        await figure6({
          datasets: (dataset as BarDataset[] | undefined) ?? ['cancer'],
          networks: (network as BarNetwork[] | undefined) ?? ['dense', 'FT', 'PT'],
        }),
      ),
  };
  const wanted = make[positionals.join(' ')];
  if (wanted === undefined)
    throw new RangeError(`Figures 1 to 6 are available, got '${positionals.join(' ')}'.`);
  const panels = await wanted();
  const specs = panels.map(({ name, figure: { data, layout } }) => ({ name, data, layout }));
  console.log(
    json ? JSON.stringify(specs) : panels.map(({ name, figure }) => `${name}: ${figure.summary}`).join('\n'),
  );
}
