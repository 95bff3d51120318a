import { readFileSync, writeFileSync } from 'node:fs';
import { operations } from '../../src/operations/index.ts';
import type { Operation, Risk } from '../../src/operations/operation.ts';
import { settings } from '../../src/settings.ts';

const agreement: Readonly<Record<Risk, string>> = {
  read: 'nobody',
  reversible: 'the requester confirms',
  disruptive: 'a second person',
  destructive: 'a second person, and the name typed; two for production',
};

/** The README's table of operations, from the registry. */
export function operationsTable(list: readonly Operation[]): string {
  const rows = list.map(
    ({ id, texts: { en }, risk }) => `| \`${id}\` | ${en.does} | \`${en.example}\` | ${agreement[risk]} |`,
  );
  return `${['| operation | what it is for | example | who must agree |', '| --- | --- | --- | --- |', ...rows].join('\n')}\n`;
}

/** The README's table of settings, from the code that reads them. */
export function settingsTable(
  list: readonly { readonly name: string; readonly does: string; readonly default?: string }[],
): string {
  const rows = list.map(
    (setting) =>
      `| \`${setting.name}\` | ${setting.does} | ${setting.default === undefined ? '' : `\`${setting.default}\``} |`,
  );
  return `${['| setting | what it does | default |', '| --- | --- | --- |', ...rows].join('\n')}\n`;
}

/** Writes both tables into the README: `npm run readme`. */
if (import.meta.main) {
  const put = (text: string, name: string, table: string): string =>
    text.replace(new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`), `$1${table}$2`);
  const readme = readFileSync('README.md', 'utf8');
  writeFileSync(
    'README.md',
    put(put(readme, 'operations', operationsTable(operations)), 'settings', settingsTable(settings)),
  );
}
