import { Converter } from 'typedoc';

/** Docstrings put names into backticks, which the notebook shows as they are; here public ones lead to their page. */
export function linkNames(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    const pages = new Map(project.children.map(child => [child.name, child]));
    for (const reflection of Object.values(project.reflections)) {
      if (reflection.isProject() || reflection.comment === undefined) continue;
      const { comment } = reflection;
      comment.summary = comment.summary.map(part => linked(part, pages, reflection));
      for (const tag of comment.blockTags) {
        if (tag.tag !== '@example') tag.content = tag.content.map(part => linked(part, pages, reflection));
      }
    }
  });
}

function linked(part, pages, reflection) {
  if (part.kind !== 'code') return part;
  const text = part.text.replace(/^`+|`+$/g, '');
  const target = pages.get(text);
  const isItself = target === reflection || target === reflection.parent;
  if (target === undefined || isItself) return part;
  return { kind: 'inline-tag', tag: '@linkcode', text, target };
}
