import { join } from 'node:path';
import ts from 'typescript';
import { packageRoot } from '../../src/core/packageRoot';

/** A field or parameter that says what chance or the machine's threads, memory and disk have to do with a result. */
const TELLING =
  /^(?:\w*seed|random|workers|store|storage|memory\w*|chunk\w*|tile\w*|block|blocks|shard|checkpoint)$/i;
/** `options.search.scan.workers` is the deepest. */
const DEEPEST = 3;

/** Every public name, and of the functions and classes among them those whose parameters hold a telling field, each with its fields. */
export interface PublicFunctions {
  readonly names: ReadonlySet<string>;
  /** By name: `['options.seed', 'options.workers']`. */
  readonly telling: ReadonlyMap<string, readonly string[]>;
}

/** Read from the types of `src/index.ts`. */
export function publicFunctions(): PublicFunctions {
  const config = ts.readConfigFile(join(packageRoot, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, packageRoot);
  const index = join(packageRoot, 'src', 'index.ts');
  const program = ts.createProgram([index], { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const names = new Set<string>();
  const telling = new Map<string, readonly string[]>();
  const file = checker.getSymbolAtLocation(program.getSourceFile(index)!)!;
  for (const exported of checker.getExportsOfModule(file)) {
    const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
    const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
    if ((symbol.flags & ts.SymbolFlags.Value) === 0) continue;
    names.add(exported.name);
    const type = checker.getTypeOfSymbol(symbol);
    const fields = new Set<string>();
    for (const { parameters } of [...type.getCallSignatures(), ...type.getConstructSignatures()]) {
      for (const parameter of parameters) {
        if (TELLING.test(parameter.name)) fields.add(parameter.name);
        addFields(checker, checker.getTypeOfSymbol(parameter), parameter.name, 0, fields);
      }
    }
    if (fields.size > 0) telling.set(exported.name, [...fields]);
  }
  return { names, telling };
}

/** The telling fields of a parameter; a result that an earlier step made, known by its `kind`, is data and not looked into. */
function addFields(
  checker: ts.TypeChecker,
  type: ts.Type,
  path: string,
  depth: number,
  fields: Set<string>,
): void {
  if (type.isUnionOrIntersection() && !(type.isIntersection() && type.getProperty('kind'))) {
    for (const part of type.types) addFields(checker, part, path, depth, fields);
    return;
  }
  if (type.getProperty('kind') !== undefined || type.getCallSignatures().length > 0) return;
  for (const property of type.getProperties()) {
    // What an array or a tensor of TensorFlow can do is none of our options.
    const isOurs = property.declarations?.some(declaration =>
      declaration.getSourceFile().fileName.startsWith(join(packageRoot, 'src').replaceAll('\\', '/')),
    );
    if (!isOurs) continue;
    const here = `${path}.${property.name}`;
    if (TELLING.test(property.name)) fields.add(here);
    if (depth < DEEPEST) addFields(checker, checker.getTypeOfSymbol(property), here, depth + 1, fields);
  }
}
