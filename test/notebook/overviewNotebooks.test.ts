import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { datasetNames } from '../../src';
import { packageRoot } from '../../src/core/packageRoot';
import { fromLines, type NotebookFile } from '../../src/notebook/notebookFile';
import { runAndReport } from '../../src/notebook/runAndReport';
import { claimDefinitions } from '../../src/study/claims';

const folder = mkdtempSync(join(tmpdir(), 'legcnet-'));
after(() => rmSync(folder, { recursive: true }));

const read = (file: string): string => readFileSync(join(packageRoot, 'notebooks', file), 'utf8');
const committed = (name: string): NotebookFile => JSON.parse(read(`${name}.ipynb`));

/** Text of every output. */
function shown({ cells }: NotebookFile): string {
  return cells
    .flatMap(cell => (cell.cell_type === 'code' ? cell.outputs : []))
    .map(output => ('data' in output ? fromLines(output.data['text/plain']) : fromLines(output.text)))
    .join('\n');
}

function prose({ cells }: NotebookFile): string {
  return cells
    .flatMap(cell => (cell.cell_type === 'markdown' ? [fromLines(cell.source)] : []))
    .join('\n')
    .replace(/\s+/g, ' ');
}

// No mirror, and a cache that cannot be made: nothing but what comes with the package.
const bare = { LEGCNET_DATA: '', LEGCNET_CACHE: join(packageRoot, 'package.json', 'none') };

test('01-the-data runs where only the built-in irises are at hand, and names what is not', async () => {
  const { ipynb } = await runAndReport({ notebook: '01-the-data', out: folder, timeout: 300, env: bare });
  const text = shown(JSON.parse(readFileSync(ipynb, 'utf8')));
  for (const name of datasetNames) {
    const isBuiltIn = name.startsWith('iris');
    assert.match(text, new RegExp(`^${name} +${isBuiltIn ? 'yes' : 'Cannot'}`, 'm'), name);
  }
  assert.match(text, /row 38, sepal width +3\.6 in the original, 3\.1 in the study/);
  assert.match(text, /MNIST is not at hand/);
});

test('14-what-the-paper-leaves-open runs there too, to the committed readings', async () => {
  const name = '14-what-the-paper-leaves-open';
  const { ipynb } = await runAndReport({ notebook: name, out: folder, timeout: 300, env: bare });
  const [now, before] = [JSON.parse(readFileSync(ipynb, 'utf8')), committed(name)].map(shown);
  for (const caption of ['42 weights; epochs to the benchmark', 'Against the reading that']) {
    const tableOf = (text: string): string => text.slice(text.indexOf(caption)).split(/\n\n|\n\[/)[0];
    assert.ok(tableOf(before).length > 300, caption);
    assert.equal(tableOf(now), tableOf(before));
  }
});

test('the index lists every item, and its answer counts and names the verdicts that its cells show', () => {
  const [text, words] = [shown(committed('index')), prose(committed('index'))];
  const verdictOf = new Map(
    claimDefinitions.map(({ item }) => [item, new RegExp(`^${item}: (.+)$`, 'm').exec(text)?.[1]]),
  );
  const claimsWith = (verdict: string): string[] =>
    [...verdictOf].flatMap(([item, found]) =>
      item.startsWith('Claim') && found === verdict ? [item.replace('Claim ', '')] : [],
    );
  const numerals = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
  const count = (verdict: string): string => numerals[claimsWith(verdict).length];
  assert.ok(
    words.includes(
      `Of fourteen claims ${count('holds')} holds, ${count('holds with limits')} hold with limits, ${count('does not hold')} do not hold`,
    ),
  );
  for (const [heading, verdict] of [
    ['Holds', 'holds'],
    ['Hold with limits', 'holds with limits'],
    ['Do not hold', 'does not hold'],
  ]) {
    const paragraph = words.split(`*${heading}:*`)[1].split(' - *')[0];
    const named = [...paragraph.matchAll(/\((\d+)\)/g)].map(([, item]) => item);
    assert.deepEqual(named, claimsWith(verdict), heading);
  }
});
