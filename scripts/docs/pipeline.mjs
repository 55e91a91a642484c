import { readFileSync } from 'node:fs';
import { CommentTag, Converter } from 'typedoc';
import ts from 'typescript';

/**
 * The order of the public names: `src/index.ts` lists them under comments such as `// Chaos`, and so does the documentation.
 *
 * @returns names of the sections, and what makes a TypeDoc application keep the order
 */
export function pipeline(index) {
  const source = ts.createSourceFile(index, readFileSync(index, 'utf8'), ts.ScriptTarget.ES2022, true);
  const sectionOf = new Map();
  let section = '';
  for (const statement of source.statements) {
    const comments = ts.getLeadingCommentRanges(source.text, statement.getFullStart()) ?? [];
    // The first comment of the file says what it is; the one next to a statement begins a section.
    if (comments.length > 0) section = source.text.slice(comments.at(-1).pos + 2, comments.at(-1).end).trim();
    for (const { name } of statement.exportClause.elements) sectionOf.set(name.text, section);
  }
  const place = new Map([...sectionOf.keys()].map((name, i) => [name, i]));
  const inOrder = (a, b) => (place.get(a.name) ?? place.size) - (place.get(b.name) ?? place.size);

  return {
    sections: [...new Set(sectionOf.values())],
    order(app) {
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
