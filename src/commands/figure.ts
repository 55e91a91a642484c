import { parseArgs } from 'node:util';
import { figure6 } from '../study/figure6';
import { figure5PanelFigures, figure6PanelFigures, type NamedFigure } from '../study/figurePanels';
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
      json: { type: 'boolean', default: false },
    },
  });
  const { init, layer, dataset, network, json } = values;
  const make: Readonly<Record<string, () => Promise<readonly NamedFigure[]>>> = {
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
    throw new RangeError(`Figures 5 and 6 are available, got '${positionals.join(' ')}'.`);
  const panels = await wanted();
  const specs = panels.map(({ name, figure: { data, layout } }) => ({ name, data, layout }));
  console.log(
    json ? JSON.stringify(specs) : panels.map(({ name, figure }) => `${name}: ${figure.summary}`).join('\n'),
  );
}
