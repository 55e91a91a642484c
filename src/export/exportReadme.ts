import { posix } from 'node:path';
import type { LeftOut } from '../notebook/exportView';
import type { AboutOptions, ExportEnvironment } from './aboutFiles';
import { type ExportedFile, manifestName } from './exportManifest';

interface ReadmeOptions extends Pick<AboutOptions, 'name' | 'description'> {
  readonly environment: ExportEnvironment;
  readonly files: readonly ExportedFile[];
  readonly leftOut: readonly LeftOut[];
}

/** The README of an exported folder. */
export function exportReadme({ name, description, environment, files, leftOut }: ReadmeOptions): string {
  const { legcnet, node, platform, arch, created, command, seed, analysis } = environment;
  const day = created.slice(0, 10);
  const commit =
    analysis === null
      ? ''
      : `, at commit ${analysis.commit}${analysis.modified ? ' with changes that were not committed' : ''}`;
  const seeded = seed === null ? '' : ` with seed ${seed}`;
  return `# ${plain(name)}

${description === '' ? '' : `${plain(description)}\n\n`}Results of an analysis with legcnet ${legcnet}, exported on ${day} by ${code(command)}${seeded}, on Node ${node}, ${platform} ${arch}${commit}.
\`environment.json\` lists every version, the seeds that the results carry, and the data files with their checksums.

## Is this folder as it was exported?

\`\`\`sh
npx legcnet export --check .
\`\`\`

compares every file with the SHA-256 in \`${manifestName}\` and names those that differ. Without legcnet, \`sha256sum\` on a file
gives the same number. Whoever cites this folder cites the checksum of \`${manifestName}\` itself, which the export and the check print.

## What it holds

${fileTable(files)}

${leftOut.length === 0 ? '' : `## What it does not hold\n\n${leftOut.map(leftOutLine).join('\n')}\n\n`}## How to read it

- **Figures**: the \`.html\` opens in any browser, without a network, and moves; \`.png\` and \`.svg\` are for papers; \`.json\` is what
  Plotly draws (\`plotly.io.from_json\` in Python takes its \`data\` and \`layout\`).
- **Tables**: numbers in \`.csv\` and \`.json\` have full precision, \`.tex\` is rounded and needs the packages booktabs, textcomp
  and amssymb.
- **JSON**: null stands for NaN and for what is missing, "Infinity" and "-Infinity" for infinities.
- **NumPy**: \`numpy.load("results/….npy")\`.
- **Networks**: \`safetensors.numpy.load_file("networks/….safetensors")\` in Python, \`loadNetwork(path)\` in legcnet, both float64 and
  with the mask; \`tf.loadLayersModel("file://…/model.json")\` in TensorFlow.js, float32, where removed weights are plain zeros.
- **Masks**: 0-based indices of removed weights; layers in order, each row-major, outputs x inputs, biases excluded.

## How to cite

Cite legcnet ${legcnet} and the paper whose method it repeats, as \`CITATION.cff\` says: R. Sahu, S. Chadha, A. Mathur, N. Nagaraj,
S. Saha: A Chaos-Causality Approach to Principled Pruning of Dense Neural Networks. Chaos Theory and Applications 7(2),
154-165, 2025. Data sets have owners of their own: \`environment.json\` names them and their licences.
`;
}

/** One line for the forms of one thing. */
function fileTable(files: readonly ExportedFile[]): string {
  const forms = new Map<
    string,
    { readonly endings: string[]; readonly result: string; readonly about: string }
  >();
  for (const { path, about, result = '' } of files) {
    const ending = posix.extname(path);
    const key = JSON.stringify([path.slice(0, path.length - ending.length), result, about]);
    const known = forms.get(key);
    if (known === undefined) forms.set(key, { endings: [ending], result, about });
    else known.endings.push(ending);
  }
  const rows = [...forms].map(([key, { endings, result, about }]) => {
    const [stem] = JSON.parse(key) as string[];
    const [first, ...others] = endings.sort();
    const names = [code(stem + first), ...others.map(code)].join(' ');
    return `| ${names} | ${plain(result)} | ${plain(about)} |`;
  });
  return ['| file | result | what it is |', '| --- | --- | --- |', ...rows].join('\n');
}

function leftOutLine({ result, what, reason }: LeftOut): string {
  return `- ${plain(result)}: ${plain(what)}: ${plain(reason)}`;
}

/** Text of a user as text of Markdown: one line, no markup of its own. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~!&$]/g, mark => `\\${mark}`);
}

function code(text: string): string {
  return `\`${text.replace(/\s+/g, ' ').replaceAll('`', "'").replaceAll('|', '/')}\``;
}
