import assert from 'node:assert/strict';
import { type Import, type Source, sourcesOf } from '../support/sources.ts';

/** DESIGN 3: which part may import which, by the first folder (or the file) under src. Each part may import itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'main.ts': ['*'],
  'compose.ts': ['*'],
  'practice.ts': ['*'],
  'serve.ts': ['*'],
  'audit-main.ts': ['*'],
  'fleet.ts': ['*'],
  'config.ts': ['settings.ts'],
  'settings.ts': [],
  'message.ts': [],
  'errors.ts': ['message.ts', 'azure-codes.ts'],
  'azure-codes.ts': ['message.ts'],
  'azure-words.ts': ['message.ts'],
  'command-line.ts': [],
  'telemetry.ts': [],
  'exporters.ts': [],
  bot: ['language', 'runs', 'posts', 'operations', 'azure-words.ts', 'errors.ts', 'message.ts', 'telemetry.ts'],
  dialogs: ['language', 'runs', 'posts', 'watches', 'operations', 'errors.ts', 'message.ts'],
  language: ['operations', 'locales', 'command-line.ts', 'errors.ts', 'message.ts'],
  locales: [],
  operations: ['azure', 'azure-codes.ts', 'azure-words.ts', 'errors.ts', 'message.ts'],
  runs: ['operations', 'azure-codes.ts', 'store', 'posts', 'errors.ts', 'message.ts', 'telemetry.ts', 'azure'],
  posts: ['operations', 'store'],
  watches: ['operations', 'azure-codes.ts', 'store', 'posts', 'azure', 'errors.ts', 'message.ts'],
  store: ['azure', 'runs', 'operations', 'command-line.ts', 'message.ts', 'errors.ts'],
  azure: ['errors.ts', 'message.ts', 'telemetry.ts'],
  simulator: [],
  'local-chat': [],
  roles: ['operations', 'azure', 'command-line.ts'],
};

/** What may be imported for its types alone, or is nothing but types and pure functions over ids. */
const azureTypes = [
  'src/azure/types.ts',
  'src/azure/recovery-types.ts',
  'src/azure/condition-types.ts',
  'src/azure/machine-types.ts',
  'src/azure/ports.ts',
  'src/azure/arm-id.ts',
  'src/azure/gateway-reads.ts',
];

/** Types and a list of the states, which the store writes into its schema; how commands, the store's too, read what was typed. */
const pure = ['src/operations/run-summary.ts', 'src/command-line.ts'];

const sources = sourcesOf('src');

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
}

function partOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function crosses(source: Source, { target, ours, typeOnly }: Import): boolean {
  if (!ours) return false;
  const [from, to] = [partOf(source.path), partOf(target)];
  const allowed = mayImport[from] ?? [];
  if (from === to || allowed.includes('*')) return false;
  if (!allowed.includes(to)) return true;
  if (pure.includes(target)) return false;
  if (to === 'azure') return !azureTypes.includes(target);
  return from === 'store' && !typeOnly;
}

function crossings(broken: (source: Source, imported: Import) => boolean): readonly string[] {
  return sources.flatMap((source) =>
    source.imports
      .filter((imported) => broken(source, imported))
      .map(({ target }) => `${source.path} imports ${target}`),
  );
}

describe('borders between the parts', () => {
  it('know every part of src', () => {
    assert.deepEqual(
      [...new Set(sources.map((source) => partOf(source.path)))].filter((part) => !(part in mayImport)),
      [],
    );
  });

  it('are not crossed', () => {
    assert.deepEqual(crossings(crosses), []);
  });

  it('keep Bot Framework and restify in bot/ and dialogs/', () => {
    assert.deepEqual(
      crossings(
        ({ path }, { target }) =>
          /^(botbuilder|botframework|restify|adaptivecards)/.test(target) &&
          !/^src\/(bot|dialogs|local-chat)\//.test(path),
      ),
      [],
    );
  });

  it('let restify in by one file, which mends what it breaks for every other server', () => {
    const inside = [...sources, ...sourcesOf('test')].filter(({ imports }) =>
      imports.some(({ target, typeOnly }) => target === 'restify' && !typeOnly),
    );
    assert.deepEqual(
      inside.map(({ path }) => path),
      ['src/bot/http/restify.ts'],
    );
  });

  it('keep Azure’s clients in azure/', () => {
    assert.deepEqual(
      crossings(({ path }, { target }) => target.startsWith('@azure/') && !path.startsWith('src/azure/')),
      [],
    );
  });

  it('keep the database in store/', () => {
    assert.deepEqual(
      crossings(
        ({ path }, { target }) =>
          /^(pg|pg-boss|kysely|@electric-sql\/pglite)$/.test(target) && !path.startsWith('src/store/'),
      ),
      [],
    );
  });

  it('would be seen when crossed', () => {
    const azure: Import = { target: 'src/azure/clients.ts', ours: true, typeOnly: false };
    assert.ok(crosses({ path: 'src/bot/x.ts', text: '', imports: [] }, azure));
    assert.ok(crosses({ path: 'src/operations/x.ts', text: '', imports: [] }, azure));
    assert.ok(
      !crosses({ path: 'src/operations/x.ts', text: '', imports: [] }, { ...azure, target: 'src/azure/ports.ts' }),
    );
    assert.ok(sources.some((source) => source.imports.length > 3));
  });
});

describe('environment', () => {
  it('is read in main.ts alone', () => {
    assert.deepEqual(
      sources
        .filter(({ path, text }) => /process\.env/.test(withoutComments(text)) && path !== 'src/main.ts')
        .map(({ path }) => path),
      [],
    );
  });
});

describe('names', () => {
  it('say what a thing is, not that it manages, helps or is useful', () => {
    assert.deepEqual(
      sources
        .filter(({ text }) => /\b(class|interface|type|function|const) \w*(Manager|Helper|Utils?)\b/.test(text))
        .map(({ path }) => path),
      [],
    );
  });

  it('of files are in kebab case', () => {
    assert.deepEqual(
      [...sources, ...sourcesOf('test')]
        .map(({ path }) => path)
        .filter((path) => !/^[a-z0-9./-]+$/.test(path.replace('pt-BR', ''))),
      [],
    );
  });
});

describe('sources', () => {
  it('have no `any` and silence no checker', () => {
    assert.deepEqual(
      [...sources, ...sourcesOf('test')]
        .filter(({ text }) =>
          /: any\s*[,;)>=|\][{]|\bas any\b|<any>|@ts-(ignore|nocheck)/.test(
            withoutComments(text).replaceAll(/\/[^/\n]+\/[a-z]*\.test/g, ''),
          ),
        )
        .map(({ path }) => path),
      [],
    );
  });
});
