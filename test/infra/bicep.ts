import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A Bicep file as far as it can be read without Bicep: what it takes, gives and refers to. */
export interface BicepFile {
  readonly path: string;
  readonly text: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly outputs: readonly string[];
  readonly modules: readonly BicepModule[];
}

/** One use of another file. */
export interface BicepModule {
  readonly symbol: string;
  readonly path: string;
  readonly given: readonly string[];
}

/** Reads a file; comments and strings do not count where braces do. */
export function readBicep(path: string): BicepFile {
  const text = readFileSync(path, 'utf8');
  const params = [...text.matchAll(/^param (\w+) \w+( =)?/gm)];
  return {
    path,
    text,
    required: params.filter(([, , usual]) => usual === undefined).map(([, name = '']) => name),
    optional: params.filter(([, , usual]) => usual !== undefined).map(([, name = '']) => name),
    outputs: [...text.matchAll(/^output (\w+) /gm)].map(([, name = '']) => name),
    modules: modulesOf(path, text),
  };
}

function modulesOf(path: string, text: string): readonly BicepModule[] {
  return [...text.matchAll(/^module (\w+) '([^']+)'/gm)].map((match) => {
    const body = blockFrom(text, text.indexOf('{', match.index));
    const params = blockFrom(body, body.indexOf('{', body.indexOf('params:')));
    const given = [...params.matchAll(/^ {4}(\w+):/gm)].map(([, name = '']) => name);
    return { symbol: match[1] ?? '', path: join(dirname(path), match[2] ?? ''), given };
  });
}

/** From an opening brace to the one that closes it. */
function blockFrom(text: string, from: number): string {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return text.slice(from, at + 1);
  }
  throw new SyntaxError('a brace is not closed');
}
