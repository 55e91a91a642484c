import { createRequire } from 'node:module';

/** The parts of TypeScript that find a place in code. */
interface TypeScript {
  readonly ScriptTarget: { readonly Latest: number };
  isShorthandPropertyAssignment(node: Node): boolean;
  createSourceFile(file: string, code: string, target: number): Node;
  forEachChild(node: Node, visit: (child: Node) => void): void;
}

interface Node {
  readonly name?: { readonly text: string; readonly end: number };
}

let found: TypeScript | null = null;

/** TypeScript as tslab has it loaded. */
function typeScript(): TypeScript {
  found ??= createRequire(require.resolve('tslab/dist/converter'))(
    '@tslab/typescript-for-tslab',
  ) as TypeScript;
  return found;
}

/**
 * Code with `{ training }` written out as `{ training: training }` where the name is one of `names`. tslab finds variables
 * of earlier cells in every other place, but of these it says that they are not defined.
 */
export function writeOutShorthands(code: string, names: ReadonlySet<string>): string {
  if (!code.includes('{') || names.size === 0) return code;
  const ts = typeScript();
  const places: { readonly text: string; readonly end: number }[] = [];
  const visit = (node: Node): void => {
    if (ts.isShorthandPropertyAssignment(node) && node.name !== undefined && names.has(node.name.text))
      places.push(node.name);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest));
  return places.reduceRight(
    (written, { text, end }) => `${written.slice(0, end)}: ${text}${written.slice(end)}`,
    code,
  );
}
