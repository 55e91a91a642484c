import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { packageRoot } from '../../../src/core/packageRoot';

/** One `@example` of a docstring. */
export interface Example {
  /** The source file, from the package's root, with forward slashes. */
  readonly file: string;
  /** What the docstring describes: `lyapunov`, or `NumpyRandom.choice` for a member. */
  readonly name: string;
  /** Line of the tag in the file, 1-based. */
  readonly line: number;
  /** The code under the tag. */
  readonly code: string;
}

/** Every example in the sources that the package is built from, files in order of their names. */
export function readExamples(): readonly Example[] {
  const files = readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.startsWith(join('kernels', 'simd')))
    .map(file => join(packageRoot, 'src', file));
  return [...files, join(packageRoot, 'kernel', 'index.d.ts')].sort().flatMap(examplesOf);
}

function examplesOf(path: string): Example[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  const file = relative(packageRoot, path).split(sep).join('/');
  const examples: Example[] = [];
  const visit = (node: ts.Node): void => {
    for (const comment of ts.getJSDocCommentsAndTags(node)) {
      if (!ts.isJSDoc(comment) || comment.parent !== node) continue;
      for (const tag of comment.tags ?? []) {
        if (tag.tagName.text !== 'example') continue;
        const line = source.getLineAndCharacterOfPosition(tag.getStart()).line + 1;
        examples.push({ file, name: nameOf(node), line, code: codeOf(source, tag) });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return examples;
}

/** The name a docstring stands at; `''` at the head of a file, as in `legcnet/kernel`. */
function nameOf(node: ts.Node): string {
  if (ts.isVariableStatement(node)) return nameOf(node.declarationList.declarations[0]);
  const name = ts.getNameOfDeclaration(node as ts.Declaration)?.getText() ?? '';
  return ts.isClassLike(node.parent) ? `${nameOf(node.parent)}.${name}` : name;
}

/** The text of a tag as it was typed, without the stars of the comment around it. */
function codeOf(source: ts.SourceFile, tag: ts.JSDocTag): string {
  return source.text
    .slice(tag.tagName.end, tag.end)
    .replace(/\*\/$/, '')
    .split('\n')
    .map(line => line.replace(/^\s*\*(?: |$)/, ''))
    .join('\n')
    .trim();
}
