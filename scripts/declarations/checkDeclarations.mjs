import { createRequire } from 'node:module';
import { basename, dirname, join, sep } from 'node:path';
import { findUnreadableTypes } from './unreadableTypes.mjs';

/** The compiler that the notebook kernel itself uses, TypeScript 5.0. */
const kernel = createRequire(import.meta.url).resolve('tslab');
const ts = createRequire(kernel)('@tslab/typescript-for-tslab');

/** The kernel's options, but strict and without its leave to skip declaration files. */
const OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  esModuleInterop: true,
  declaration: true,
  strict: true,
  skipLibCheck: false,
};

/**
 * Checks the declarations reachable from `entry`, an index.d.ts, as a notebook cell would read them.
 * Returns `failures` as `{file, line, reason}`: errors of the compiler inside the folder of `entry` or in
 * a cell that calls every exported function, and types that turn into `any` without an error.
 * `names` counts the public names, `ignored` the errors in declarations of other packages.
 */
export function checkDeclarations(entry) {
  const cell = join(dirname(entry), 'cell.ts');
  const reading = createProgram(cell, importText(entry));
  const names = exportsOf(reading, entry);
  const program = createProgram(cell, importText(entry) + callsText(reading, names), reading);

  const isOurs = file => file?.startsWith(dirname(entry) + sep) ?? false;
  const diagnostics = [...ts.getPreEmitDiagnostics(program), ...program.getDeclarationDiagnostics()];
  const ours = ts.sortAndDeduplicateDiagnostics(diagnostics.filter(({ file }) => isOurs(file?.fileName)));
  const failures = ours.map(describe);
  const unreadable = program
    .getSourceFiles()
    .filter(({ fileName }) => isOurs(fileName) && fileName !== cell)
    .flatMap(file => findUnreadableTypes(ts, program.getTypeChecker(), file, isOurs));
  const isNew = ({ file, line }) => !failures.some(known => known.file === file && known.line === line);
  return {
    failures: [...failures, ...unreadable.filter(isNew)],
    names: names.length,
    ignored: diagnostics.filter(({ file }) => !isOurs(file?.fileName)).length,
  };
}

/** The declaration file that a cell in `folder` gets for `import '<name>'`, or undefined. */
export function resolveFromCell(name, folder) {
  const { resolvedModule } = ts.resolveModuleName(name, join(folder, 'cell.ts'), OPTIONS, ts.sys);
  return resolvedModule?.resolvedFileName;
}

/** A program of one file, `cell`, that exists only in memory. */
function createProgram(cell, text, earlier) {
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists } = host;
  host.fileExists = name => name === cell || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === cell ? ts.createSourceFile(name, text, ...rest) : getSourceFile(name, ...rest);
  return ts.createProgram([cell], OPTIONS, host, earlier);
}

function importText(entry) {
  return `import * as legcnet from './${basename(entry, '.d.ts')}';\n`;
}

function exportsOf(program, entry) {
  const checker = program.getTypeChecker();
  return checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)));
}

/** One line a function, as a cell that keeps its result: the compiler must find a name for its type. */
function callsText(program, names) {
  const checker = program.getTypeChecker();
  const functions = names.filter(symbol => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return (target.flags & ts.SymbolFlags.Function) !== 0;
  });
  const line = ({ name }) => `export const ${name} = legcnet.${name}.apply(undefined, undefined as any);\n`;
  return functions.map(line).join('');
}

function describe({ file, start, code, messageText }) {
  const line = file.getLineAndCharacterOfPosition(start).line + 1;
  const isCell = basename(file.fileName) === 'cell.ts';
  const where = isCell ? ` (in a cell with: ${file.text.split('\n')[line - 1]})` : '';
  return {
    file: file.fileName,
    line,
    reason: `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}${where}`,
  };
}
