import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** One of our source files and what it imports, read from its text. */
export interface Source {
  /** From the project's top: `src/bot/index.ts`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** A path of ours, or a package's name with its scope. */
  readonly target: string;
  readonly ours: boolean;
  readonly typeOnly: boolean;
}

/** All TypeScript files under a folder. */
export function sourcesOf(folder: string): readonly Source[] {
  return globSync(`${folder}/**/*.ts`).toSorted().map(read);
}

const importing = /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'";]*?from\s*'([^']+)'|import\(\s*'([^']+)'\s*\)/g;

function read(path: string): Source {
  const text = readFileSync(path, 'utf8');
  const imports = [...text.matchAll(importing)].map((match) =>
    importOf(path, match[2] ?? match[3] ?? '', match[1] !== undefined),
  );
  return { path, text, imports };
}

function importOf(path: string, specifier: string, typeOnly: boolean): Import {
  if (specifier.startsWith('.')) return { target: normalize(join(dirname(path), specifier)), ours: true, typeOnly };
  const [scope = '', name] = specifier.split('/');
  return { target: scope.startsWith('@') ? `${scope}/${name}` : scope, ours: false, typeOnly };
}
