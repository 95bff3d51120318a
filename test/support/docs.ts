import { readFileSync, writeFileSync } from 'node:fs';
import { operations } from '../../src/operations/index.ts';
import { architectureDiagram } from './architecture.ts';
import { operationsReference } from './reference.ts';

/** Writes what the documentation takes from the code; `npm run readme` calls it after the README's own tables. */
const page = 'docs/architecture.md';
const text = readFileSync(page, 'utf8');
writeFileSync(page, text.replace(/(<!-- diagram -->\n)[\s\S]*?(<!-- \/diagram -->)/, `$1${architectureDiagram()}$2`));
writeFileSync('docs/reference/operations.md', operationsReference(operations));
