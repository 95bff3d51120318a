import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpError, readBytes } from './web/answer.ts';

/** Where a file lies, as the bot is told (learn.microsoft.com, "Send and receive files using a bot"). */
export interface FilePlace {
  readonly uploadUrl: string;
  readonly contentUrl: string;
  readonly name: string;
  readonly uniqueId: string;
  readonly fileType: string;
}

interface Stored {
  readonly name: string;
  readonly pieces: Buffer[];
}

/** Paths of files begin so. */
export const filesPrefix = '/local-chat/files/';
const mostFiles = 20;
/** As much as OneDrive takes at once, and far more than a fleet needs. */
const maxPieceBytes = 60 * 1024 * 1024;

/** Plays people's OneDrive: holds the files that they have taken from the bot, the latest ones, as long as the process lives. */
export class Files {
  readonly #files = new Map<string, Stored>();

  /** Makes room for a file that a person has allowed; only who knows the URL can put it there or fetch it. */
  room(serviceUrl: string, name: string): FilePlace {
    const uniqueId = randomUUID();
    this.#files.set(uniqueId, { name, pieces: [] });
    const [oldest] = this.#files.keys();
    if (this.#files.size > mostFiles && oldest !== undefined) this.#files.delete(oldest);
    const url = `${serviceUrl}${filesPrefix}${uniqueId}`;
    return { uploadUrl: url, contentUrl: url, name, uniqueId, fileType: name.slice(name.lastIndexOf('.') + 1) };
  }

  /** `PUT` a piece, `GET` the whole. @throws HttpError */
  async serve(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const file = this.#files.get(path.slice(filesPrefix.length));
    if (file === undefined) throw new HttpError(404, 'NotFound', { message: 'There is no such file.' });
    if (request.method === 'PUT') {
      await put(file, request);
      response.writeHead(201).end();
    } else if (request.method === 'GET') send(file, response);
    else throw new HttpError(405, 'MethodNotAllowed', { message: 'Use PUT or GET.' });
  }
}

/** Pieces come in order, as OneDrive wants them. */
async function put(file: Stored, request: IncomingMessage): Promise<void> {
  const tooLong = new HttpError(413, 'TooLarge', { message: 'A piece is over 60 MB.' });
  const piece = await readBytes(request, maxPieceBytes, tooLong);
  const range = /^bytes (\d+)-(\d+)\/\d+$/.exec(request.headers['content-range'] ?? '');
  const have = file.pieces.reduce((sum, { length }) => sum + length, 0);
  if (range === null || Number(range[1]) !== have || Number(range[2]) !== have + piece.length - 1)
    throw new HttpError(416, 'InvalidRange', { message: `The next piece begins at ${have}.` });
  file.pieces.push(piece);
}

function send({ name, pieces }: Stored, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(Buffer.concat(pieces));
}
