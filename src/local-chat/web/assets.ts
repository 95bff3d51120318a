import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { HttpError } from './answer.ts';

/** Nothing inline, nothing from elsewhere. Cards set their styles through the CSSOM, which this does not touch. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const pageFolder = join(import.meta.dirname, '..', 'page');

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  css: 'text/css',
  svg: 'image/svg+xml',
  ts: 'text/javascript',
  js: 'text/javascript',
};

/** Serves the page's files, its modules with the types stripped, and the two libraries it stands on. */
export class Assets {
  readonly #bodies = new Map<string, Promise<string>>();

  /** `/` and `/local-chat/…`. @throws HttpError 404 */
  async serve(path: string, response: ServerResponse): Promise<void> {
    const file = fileOf(path);
    if (file === undefined) throw new HttpError(404, 'NotFound', { message: 'There is no such file.' });
    const body = await this.#body(file);
    const type = types[file.slice(file.lastIndexOf('.') + 1)] ?? 'text/plain';
    response.writeHead(200, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-cache',
      'content-security-policy': contentSecurityPolicy,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    response.end(body);
  }

  #body(file: string): Promise<string> {
    const body = this.#bodies.get(file) ?? read(file);
    this.#bodies.set(file, body);
    body.catch(() => this.#bodies.delete(file));
    return body;
  }
}

async function read(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) throw new HttpError(404, 'NotFound', { message: 'There is no such file.' });
  return file.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
}

function fileOf(path: string): string | undefined {
  if (path === '/') return join(pageFolder, 'index.html');
  const library = libraryFile(path);
  if (library !== undefined) return library;
  const own = /^\/local-chat\/page\/((?:[a-z-]+\/)?[a-z-]+\.(?:ts|css|svg))$/.exec(path)?.[1];
  return own === undefined ? undefined : join(pageFolder, own);
}

function libraryFile(path: string): string | undefined {
  const require = createRequire(import.meta.url);
  if (path === '/local-chat/lib/adaptivecards.js') {
    return join(dirname(require.resolve('adaptivecards/package.json')), 'dist', 'adaptivecards.min.js');
  }
  if (path === '/local-chat/lib/markdown-it.js') return require.resolve('markdown-it/browser');
  return undefined;
}
