import { Comment, Converter, ReflectionKind } from 'typedoc';

/** Results carry their kind as a word of its own, `kind: 'dataset'`: says once what it is for, not in every source. */
export function sayKinds(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const property of project.getReflectionsByKind(ReflectionKind.Property)) {
      if (property.name !== 'kind' || property.type?.type !== 'literal' || property.hasComment()) continue;
      property.comment = new Comment([{ kind: 'text', text: 'By which a notebook knows how to show it.' }]);
    }
  });
}
