/**
 * The types written in a declaration file which a cell cannot use although the compiler says nothing:
 * those that resolve to `any` without the word, and interfaces or classes that their module does not export.
 */
export function findUnreadableTypes(ts, checker, file, isOurs) {
  const found = [];
  visit(file);
  return found;

  function visit(node) {
    const reason = ts.isTypeNode(node) ? reasonFor(node) : undefined;
    if (reason === undefined) return ts.forEachChild(node, visit);
    const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
    found.push({ file: file.fileName, line, reason });
  }

  function reasonFor(node) {
    const text = node.getText(file);
    const symbol = symbolOf(node);
    if (isAny(node) && !saysAny(node) && !symbol?.declarations?.some(saysAny)) {
      return `${text} turns into any without an error`;
    }
    if (symbol !== undefined && isHidden(symbol)) {
      return `${text} is not exported from its module, so a cell cannot name it (TS4023)`;
    }
    return undefined;
  }

  function symbolOf(node) {
    if (!ts.isTypeReferenceNode(node)) return undefined;
    const symbol = checker.getSymbolAtLocation(node.typeName);
    return symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias
      ? checker.getAliasedSymbol(symbol)
      : symbol;
  }

  function isAny(node) {
    return (checker.getTypeFromTypeNode(node).flags & ts.TypeFlags.Any) !== 0;
  }

  function saysAny(node) {
    return node.kind === ts.SyntaxKind.AnyKeyword || (ts.forEachChild(node, saysAny) ?? false);
  }

  function isHidden(symbol) {
    const declaration = symbol.declarations?.[0];
    const kinds = ts.SymbolFlags.Interface | ts.SymbolFlags.Class | ts.SymbolFlags.Enum;
    if ((symbol.flags & kinds) === 0 || !ts.isSourceFile(declaration.parent)) return false;
    const module = checker.getSymbolAtLocation(declaration.parent);
    if (module === undefined || !isOurs(declaration.parent.fileName)) return false;
    const exported = checker.getExportsOfModule(module);
    return !exported.some(name => name === symbol || aliased(name) === symbol);
  }

  function aliased(symbol) {
    return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : undefined;
  }
}
