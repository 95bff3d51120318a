const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A value as a KQL string literal. Whatever it holds, it stays inside: backslash, quotes and everything that is not printable are escaped. */
export function kqlText(value: string): string {
  return `'${value.replace(/[\\'"\p{Cc}\p{Zl}\p{Zp}]/gu, escaped)}'`;
}

/** A list of literals, as `in~` takes it. */
export function kqlTexts(values: readonly string[]): string {
  return `(${values.map(kqlText).join(', ')})`;
}

function escaped(character: string): string {
  return escapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
