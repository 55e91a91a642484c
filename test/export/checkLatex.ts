import assert from 'node:assert/strict';

/**
 * Asserts what a LaTeX table must be without running LaTeX: environments nested and closed, braces balanced, maths closed in
 * its cell, as many cells in each line as columns, and none of `& % # _ ^ ~` where it would act.
 */
export function checkLatex(text: string, columns: number, rows: number): void {
  const open: string[] = [];
  for (const [, what, name] of text.matchAll(/\\(begin|end)\{(\w+)\}/g)) {
    if (what === 'begin') open.push(name);
    else assert.equal(open.pop(), name);
  }
  assert.deepEqual(open, []);
  const lines = text.split('\n').slice(1);
  const body = lines.filter(line => line.endsWith(' \\\\'));
  assert.equal(body.length, rows + 1);
  for (const line of lines) {
    let depth = 0;
    let inMaths = false;
    let cells = 1;
    for (const [token] of line.matchAll(/\\[A-Za-z]+|\\.|[^\\]/g)) {
      if (token === '{') depth++;
      else if (token === '}') depth--;
      else if (token === '$') inMaths = !inMaths;
      else if (token === '&') {
        cells++;
        assert.ok(!inMaths && depth === 0, line);
      }
      assert.ok(depth >= 0, line);
      assert.ok(!'%#'.includes(token), line);
      assert.ok(inMaths || !'_^'.includes(token), line);
    }
    assert.equal(depth, 0, line);
    assert.equal(inMaths, false, line);
    if (line.endsWith(' \\\\')) assert.equal(cells, columns, line);
    else assert.equal(cells, 1, line);
  }
  for (const rule of ['toprule', 'midrule', 'bottomrule']) assert.equal(text.split(`\\${rule}`).length, 2);
}
