import { readFileSync } from 'node:fs';
import { Comment, CommentTag, Converter, DocumentReflection } from 'typedoc';
import ts from 'typescript';

/**
 * A page for each subpath of the package: the docstring of its declarations.
 *
 * @param subpaths of each name, declaration file, and the section that its page stands in
 */
export function addSubpaths(app, subpaths) {
  app.converter.on(Converter.EVENT_CREATE_PROJECT, ({ project }) => {
    for (const [name, file, section] of subpaths) {
      const page = new DocumentReflection(name, project, [{ kind: 'text', text: docstring(file) }], {});
      page.comment = new Comment([], [new CommentTag('@category', [{ kind: 'text', text: section }])]);
      project.addChild(page);
      project.registerReflection(page, undefined, undefined);
    }
  });
}

/** The first docstring of a file as Markdown. */
function docstring(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const [comment] = ts.getJSDocCommentsAndTags(source.statements[0]).filter(ts.isJSDoc);
  const examples = (comment.tags ?? []).map(tag => ts.getTextOfJSDocComment(tag.comment));
  const code = examples.map(example => `\n\n\`\`\`ts\n${example}\n\`\`\``);
  return `${ts.getTextOfJSDocComment(comment.comment)}${code.join('')}`;
}
