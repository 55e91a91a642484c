import ts from 'typescript';
import type { Example } from './readExamples';
import { placeOf } from './runExample';

/**
 * What TypeScript says against the examples, read as files that import the built package and checked strictly: one line an error.
 * Modules are looked for as the notebook kernel looks for them.
 */
export function typeErrors(examples: readonly Example[]): readonly string[] {
  const codes = new Map(examples.map(example => [placeOf(example), example]));
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    types: ['node'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    ignoreDeprecations: '5.0',
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.fileExists = path => codes.has(path) || fileExists(path);
  host.readFile = path => {
    const example = codes.get(path);
    // The last line makes the file a module, in which `await` may stand at the top.
    return example === undefined ? readFile(path) : `${example.code}\nexport {};\n`;
  };
  const program = ts.createProgram([...codes.keys()], options, host);
  return [...codes].flatMap(([path, { file, line, name }]) => {
    const source = program.getSourceFile(path);
    const errors = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return errors.map(({ start, messageText }) => {
      const below = source?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0;
      return `${file}:${line + below} ${name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}
