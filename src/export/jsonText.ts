/**
 * A value as readable JSON: objects indented, lists of numbers and words in one line. Reading gives every finite number back
 * bit for bit, -0 included; NaN becomes null, infinities the words "Infinity" and "-Infinity".
 *
 * @param value plain: objects, arrays, typed arrays, texts, numbers, truth values, null
 */
export function jsonText(value: unknown): string {
  return `${written(value, '')}\n`;
}

function written(value: unknown, indent: string): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const inner = `${indent}  `;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const items = Array.from(value as ArrayLike<unknown>, item => written(item, inner));
    const isFlat = !Array.isArray(value) || value.every(item => typeof item !== 'object' || item === null);
    if (isFlat || items.length === 0) return `[${items.join(', ')}]`;
    return `[\n${items.map(item => inner + item).join(',\n')}\n${indent}]`;
  }
  const fields = Object.entries(value).map(
    ([key, item]) => `${inner}${JSON.stringify(key)}: ${written(item, inner)}`,
  );
  return fields.length === 0 ? '{}' : `{\n${fields.join(',\n')}\n${indent}}`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'null';
  if (!Number.isFinite(value)) return value > 0 ? '"Infinity"' : '"-Infinity"';
  // The shortest text that reads back equal.
  return Object.is(value, -0) ? '-0' : String(value);
}
