import { sourcesOf } from './sources.ts';

/** What each part is, for the diagram; a part without a line is shown by its name. */
const titles: Readonly<Record<string, string>> = {
  bot: 'bot: the Teams edge',
  dialogs: 'dialogs: the conversation',
  language: 'language: understanding',
  operations: 'operations: one file per verb',
  runs: 'runs: approvals and steps',
  store: 'store: PostgreSQL',
  azure: 'azure: the Azure edge',
  simulator: 'simulator: a local Azure',
  'local-chat': 'local-chat: the practice page',
  locales: 'locales: texts',
  roles: 'roles: what the identity needs',
};

/** Files at the top of src, drawn as one: the composition root, which may import everything. */
const root = 'composition root';
/** Imported from everywhere, so an arrow says nothing. */
const everywhere = ['errors.ts', 'message.ts', 'config.ts', 'telemetry.ts'];

/** The parts of src and who imports whom, as a Mermaid flowchart. A dotted arrow: for types alone. */
export function architectureDiagram(): string {
  const arrows = new Map<string, 'types' | 'code'>();
  for (const { path, imports } of sourcesOf('src'))
    for (const { target, ours, typeOnly } of imports) {
      const [from, to] = [partOf(path), partOf(target)];
      if (!ours || from === to || from === undefined || to === undefined || to === root) continue;
      const key = `${from} ${to}`;
      if (arrows.get(key) !== 'code') arrows.set(key, typeOnly ? 'types' : 'code');
    }
  const parts = [...new Set([...arrows.keys()].flatMap(split))].toSorted();
  const boxes = parts.map((part) => `  ${idOf(part)}["${titles[part] ?? part}"]`);
  const lines = [...arrows]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, kind]) => {
      const [from = '', to = ''] = split(key);
      return `  ${idOf(from)} ${kind === 'code' ? '-->' : '-.->'} ${idOf(to)}`;
    });
  return ['```mermaid', 'flowchart TD', ...boxes, ...lines, '```', ''].join('\n');
}

function partOf(path: string): string | undefined {
  const part = path.split('/')[1] ?? '';
  if (everywhere.includes(part)) return undefined;
  return part.endsWith('.ts') ? root : part;
}

function split(key: string): readonly string[] {
  return key.startsWith(root) ? [root, key.slice(root.length + 1)] : key.split(' ');
}

function idOf(part: string): string {
  return part.replaceAll(/\W/g, '');
}
