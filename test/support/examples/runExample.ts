import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import ts from 'typescript';
import { packageRoot } from '../../../src/core/packageRoot';
import type { Example } from './readExamples';
import { printed, statedValue } from './statedValue';

/** Where an example would lie if it were a file: beside the compiled file that it describes, so that its imports are found. */
export function placeOf({ file, line }: Example): string {
  return join(packageRoot, 'dist', file.replace(/(\.d)?\.ts$/, `.example-${line}.ts`));
}

/**
 * Runs an example as a notebook cell would, and compares every expression that a comment follows with the value stated there.
 *
 * @returns the number of values compared
 * @throws Error with what came and what was stated, and whatever the example throws
 */
export async function runExample(example: Example): Promise<number> {
  const { text, count } = instrument(example);
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  const compare = (value: unknown, expression: string, comment: string): void => {
    const stated = statedValue(comment);
    if (stated.fits(value)) return;
    throw new Error(
      `${example.file}:${example.line} says that ${expression} is ${stated.text}; it is ${printed(value)}`,
    );
  };
  const place = placeOf(example);
  await runInThisContext(outputText, { filename: place })(createRequire(place), compare);
  return count;
}

/** An example as an async function of `require` and of what compares a value with its comment. */
function instrument({ file, line, code }: Example): { readonly text: string; readonly count: number } {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.ES2022, true);
  let count = 0;
  const statements = source.statements.map(statement => {
    if (ts.isImportDeclaration(statement)) return asRequire(statement);
    const comment = commentAfter(source, statement);
    if (comment === undefined || !ts.isExpressionStatement(statement)) return statement.getText();
    count++;
    const shown = whatIsShown(statement.expression).getText();
    return `$compare(${shown}, ${JSON.stringify(shown)}, ${JSON.stringify(comment)});`;
  });
  const parseErrors = (source as unknown as { parseDiagnostics: readonly ts.Diagnostic[] }).parseDiagnostics;
  if (parseErrors.length > 0) throw new SyntaxError(`${file}:${line}: ${parseErrors[0].messageText}`);
  return { text: `(async (require, $compare) => {\n${statements.join('\n')}\n})`, count };
}

/** `console.log(x)` shows x, as the expression x at the end of a cell does. */
function whatIsShown(expression: ts.Expression): ts.Expression {
  const prints = ts.isCallExpression(expression) && expression.expression.getText() === 'console.log';
  return prints && expression.arguments.length === 1 ? expression.arguments[0] : expression;
}

function asRequire({ moduleSpecifier, importClause }: ts.ImportDeclaration): string {
  const bindings = importClause?.namedBindings;
  if (bindings === undefined) return `require(${moduleSpecifier.getText()});`;
  if (!ts.isNamedImports(bindings)) throw new SyntaxError('An example imports by name');
  const names = bindings.elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ name }) => name.text);
  return `const { ${names.join(', ')} } = require(${moduleSpecifier.getText()});`;
}

/** The line comment that follows a statement on its last line. */
function commentAfter(source: ts.SourceFile, statement: ts.Statement): string | undefined {
  const comment = ts.getTrailingCommentRanges(source.text, statement.end)?.[0];
  return comment && source.text.slice(comment.pos + 2, comment.end).trim();
}
