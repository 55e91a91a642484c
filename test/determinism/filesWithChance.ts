import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import ts from 'typescript';
import { packageRoot } from '../../src/core/packageRoot';

/** What gives other numbers in every process; seeds come from `randomStream` instead. */
const CHANCE = new Set(['randomBytes', 'randomFillSync', 'randomInt', 'randomUUID', 'getRandomValues']);

/** The source files that name such a function of Node's `crypto`, or `Math.random`, outside of comments; paths from `src`. */
export function filesWithChance(): readonly string[] {
  const src = join(packageRoot, 'src');
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && drawsFromChance(readFileSync(join(src, file), 'utf8')))
    .map(file => file.split(sep).join('/'));
}

function drawsFromChance(code: string): boolean {
  const source = ts.createSourceFile('', code, ts.ScriptTarget.ES2022);
  const draws = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node) && CHANCE.has(node.text)) return true;
    if (ts.isPropertyAccessExpression(node) && node.name.text === 'random') {
      return ts.isIdentifier(node.expression) && node.expression.text === 'Math';
    }
    return ts.forEachChild(node, child => draws(child) || undefined) ?? false;
  };
  return draws(source);
}
