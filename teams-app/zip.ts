import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { type AppOrder, localized, manifest, translations } from './manifest.ts';

/** The oldest moment that a zip can hold: with it, the same order makes the same bytes on any day. */
const noTime = '1980-01-01T00:00:00';

/** The app's package: manifest, translations and icons at the top, as Teams wants them. */
export function appPackage(order: AppOrder): Uint8Array {
  const icon = (name: string): Uint8Array => readFileSync(join(import.meta.dirname, 'icons', name));
  const files: Record<string, Uint8Array> = { 'manifest.json': json(manifest(order)) };
  for (const locale of translations) files[`${locale}.json`] = json(localized(order.operations, locale));
  for (const name of ['color.png', 'outline.png']) files[name] = icon(name);
  return zipSync(files, { level: 9, mtime: noTime, os: 3 });
}

function json(value: unknown): Uint8Array {
  return strToU8(`${JSON.stringify(value, undefined, 2)}\n`);
}
