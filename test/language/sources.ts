import { globSync, readFileSync } from 'node:fs';

/** What the sources say about message ids: those written out, and the beginnings of those put together. */
export interface Mentions {
  readonly literals: ReadonlySet<string>;
  /** `dialog.ask-` of `dialog.ask-${kind}`. */
  readonly beginnings: ReadonlySet<string>;
  /** Ids given to `say('…')` as they stand. */
  readonly said: readonly string[];
}

/** Reads every source file once. */
export function mentions(): Mentions {
  const files = globSync(['src/**/*.ts', 'cards/**/*.json']).filter((file) => !/local-chat|simulator/.test(file));
  const text = files.map((file) => withoutComments(readFileSync(file, 'utf8'))).join('\n');
  return {
    literals: new Set(all(text, /['"`]([\w.-]+)['"`]/g)),
    beginnings: new Set(all(text, /`([\w.-]+[.-])\$\{/g)),
    said: all(text, /\bsay\('([\w.-]+)'/g),
  };
}

/** Block comments give examples of ids that are no messages. */
function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '');
}

function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap((found) => found[1] ?? []);
}
