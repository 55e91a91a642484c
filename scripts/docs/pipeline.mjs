import { readFileSync } from 'node:fs';
import { CommentTag, Converter, ReflectionKind } from 'typedoc';
import ts from 'typescript';

/**
 * The order of the public names: `src/index.ts` lists them under comments such as `// Chaos`, and so does the documentation; names
 * of a subpath of the package come after them, under its name.
 *
 * @param entries pairs of import name and source file, the package itself first
 * @returns names of the sections, and what makes a TypeDoc application keep the order
 */
export function pipeline([[, index], ...subpaths]) {
  const sectionOf = new Map();
  let section = '';
  for (const { comments, names } of exportsOf(index)) {
    // The first comment of the file says what it is; the one next to a statement begins a section.
    if (comments.length > 0) section = comments.at(-1);
    for (const name of names) sectionOf.set(name, section);
  }
  for (const [subpath, file] of subpaths) {
    for (const name of exportsOf(file).flatMap(({ names }) => names)) sectionOf.set(name, subpath);
  }
  const place = new Map([...sectionOf.keys()].map((name, i) => [name, i]));
  const inOrder = (a, b) => (place.get(a.name) ?? place.size) - (place.get(b.name) ?? place.size);

  return {
    sections: [...new Set(sectionOf.values())],
    order(app) {
      // Of several entries TypeDoc makes modules; here all names stand side by side. Before anything looks at them.
      const first = 10_000;
      app.converter.on(
        Converter.EVENT_RESOLVE_BEGIN,
        ({ project }) => {
          for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
            project.mergeReflections(module, project);
          }
        },
        first,
      );
      app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
        for (const child of project.children ?? []) {
          const words = [{ kind: 'text', text: sectionOf.get(child.name) ?? 'Other ways in' }];
          const [said = child] = child.signatures ?? [];
          // No comment is made where there is none: that is a problem, which TypeDoc then finds.
          said.comment?.blockTags.push(new CommentTag('@category', words));
        }
      });
      // After TypeDoc's own sorting.
      const last = -10_000;
      app.converter.on(
        Converter.EVENT_RESOLVE_END,
        ({ project }) => {
          for (const list of [project, ...(project.groups ?? []), ...(project.categories ?? [])]) {
            list.children?.sort(inOrder);
          }
        },
        last,
      );
    },
  };
}

/** The export statements of an index file: the comments before each, and the names it lists. */
function exportsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  return source.statements.map(statement => ({
    comments: (ts.getLeadingCommentRanges(source.text, statement.getFullStart()) ?? []).map(({ pos, end }) =>
      source.text.slice(pos + 2, end).trim(),
    ),
    names: statement.exportClause.elements.map(({ name }) => name.text),
  }));
}
