import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { policySchema } from '../../src/runs/policy-schema.ts';

const guide = 'docs/guides/policy.md';

/** What is read of a JSON Schema for the table. */
interface Shape {
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
}

/** The guide's table of everything that a policy file may hold, from the schema that reads it. */
export function policyTable(): string {
  const schema = z.toJSONSchema(policySchema, { io: 'input' }) as Shape;
  const head = ['| key | what it may be | what it does |', '| --- | --- | --- |'];
  return `${[...head, ...rowsOf('', schema)].join('\n')}\n`;
}

function rowsOf(path: string, shape: Shape): readonly string[] {
  const below = Object.entries(shape.properties ?? {}).flatMap(([key, value]) => {
    const needed = shape.required?.includes(key) === true ? ', required' : '';
    const at = path === '' ? key : `${path}.${key}`;
    const row = `| \`${at}\` | ${kindOf(value)}${needed} | ${(value.description ?? '').replaceAll('|', '\\|')} |`;
    return [row, ...rowsOf(at, value)];
  });
  const one = typeof shape.additionalProperties === 'object' ? rowsOf(`${path}.NAME`, shape.additionalProperties) : [];
  const items = shape.items === undefined ? [] : rowsOf(`${path}[]`, shape.items);
  const either = (shape.anyOf ?? []).flatMap((option) => rowsOf(path, option));
  return [...below, ...one, ...items, ...either];
}

function kindOf(shape: Shape): string {
  if (shape.enum !== undefined) return shape.enum.map((value) => `\`${value}\``).join(', ');
  if (shape.anyOf !== undefined) return shape.anyOf.map(kindOf).join(' or ');
  if (shape.type === 'array') return `list of ${shape.items === undefined ? 'anything' : kindOf(shape.items)}`;
  if (shape.type === 'integer') return `${shape.minimum} to ${shape.maximum}`;
  if (typeof shape.additionalProperties === 'object') return `names, each with ${kindOf(shape.additionalProperties)}`;
  if (shape.type === 'string') return shape.format === 'uuid' ? 'object id' : 'text';
  return shape.type === 'object' ? 'keys, below' : (shape.type ?? '');
}

/** The table that the guide holds now. */
export function policyTableOf(text = readFileSync(guide, 'utf8')): string {
  return /<!-- policy -->\n([\s\S]*?)<!-- \/policy -->/.exec(text)?.[1] ?? '';
}

/** Writes the table into the guide: `node test/support/policy-table.ts`. */
if (import.meta.main) {
  const text = readFileSync(guide, 'utf8');
  writeFileSync(guide, text.replace(/(<!-- policy -->\n)[\s\S]*?(<!-- \/policy -->)/, `$1${policyTable()}$2`));
}
