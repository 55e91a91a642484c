/**
 * A drawing with its colours exchanged for those of a dark page: those in `colours`, and white for the page's own. Names and other
 * texts stay. Its source travels into pages, so it uses nothing from outside and carries no comments.
 *
 * @param page CSS colour of the page
 */
export function inDark(
  drawing: unknown,
  colours: Readonly<Record<string, string>>,
  page: string,
  isColour = false,
): unknown {
  if (typeof drawing === 'string') {
    if (!isColour) return drawing;
    if (Object.hasOwn(colours, drawing)) return colours[drawing];
    return drawing === '#FFFFFF' ? page : drawing;
  }
  if (typeof drawing !== 'object' || drawing === null) return drawing;
  if (Array.isArray(drawing)) return drawing.map(each => inDark(each, colours, page, isColour));
  return Object.fromEntries(
    Object.entries(drawing).map(([key, each]) => [
      key,
      inDark(each, colours, page, isColour || /color(scale|way)?$/.test(key)),
    ]),
  );
}
