import { CommentTag, Converter, makeRecursiveVisitor, ReflectionKind } from 'typedoc';

/**
 * Says on the page of every type which functions make and take it, because their examples show it, or of which types it is a
 * part. A type for which nothing can be said is a problem: nobody could get hold of it.
 */
export function placeTypes(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    const made = new Map();
    const taken = new Map();
    const inside = new Map();
    for (const child of project.children) {
      for (const signature of signaturesOf(child)) {
        collect(made, signature.type, child);
        for (const { type } of [...(signature.parameters ?? []), ...(signature.typeParameters ?? [])]) {
          collect(taken, type, child);
        }
      }
      if (child.kind === ReflectionKind.Variable) collect(made, child.type, child);
      if (!child.kindOf(ReflectionKind.Interface | ReflectionKind.TypeAlias)) continue;
      for (const type of [child.type, ...(child.extendedTypes ?? [])]) collect(inside, type, child);
      for (const { type } of child.indexSignatures ?? []) collect(inside, type, child);
      for (const { type, signatures } of child.children ?? []) {
        for (const each of [type, ...(signatures ?? []).map(signature => signature.type)]) {
          collect(inside, each, child);
        }
      }
    }
    for (const child of project.children) {
      if (!child.kindOf(ReflectionKind.Interface | ReflectionKind.TypeAlias)) continue;
      const parts = [
        ['Made by ', made.get(child)],
        ['Taken by ', taken.get(child)],
        ['Part of ', inside.get(child)],
      ].flatMap(([words, pages]) => sentence(words, pages));
      const saysItself = child.comment?.summary.some(({ kind }) => kind === 'inline-tag');
      if (parts.length > 0) {
        child.comment?.blockTags.push(new CommentTag('@see', parts));
      } else if (!saysItself) {
        app.logger.warn(
          `No public function makes or takes the type ${child.name}, and its docstring names none`,
        );
      }
    }
  });
}

function signaturesOf(child) {
  if (child.kind !== ReflectionKind.Class) return child.signatures ?? [];
  return (child.children ?? []).flatMap(member => member.signatures ?? []);
}

/** Notes for every public type named in `type` that `page` names it. */
function collect(notes, type, page) {
  type?.visit(
    makeRecursiveVisitor({
      reference({ reflection }) {
        if (reflection === undefined || reflection === page) return;
        if (!notes.has(reflection)) notes.set(reflection, new Set());
        notes.get(reflection).add(page);
      },
      // An object or function type written in place.
      reflection({ declaration }) {
        for (const { type: inner } of [
          ...(declaration.children ?? []),
          ...(declaration.indexSignatures ?? []),
        ]) {
          collect(notes, inner, page);
        }
        for (const signature of declaration.signatures ?? []) {
          for (const parameter of signature.parameters ?? []) collect(notes, parameter.type, page);
        }
      },
    }),
  );
}

function sentence(words, pages) {
  if (pages === undefined) return [];
  const links = [...pages].flatMap((target, i) => [
    ...(i === 0 ? [] : [{ kind: 'text', text: ', ' }]),
    { kind: 'inline-tag', tag: '@linkcode', text: target.name, target },
  ]);
  return [{ kind: 'text', text: words }, ...links, { kind: 'text', text: '.\n\n' }];
}
