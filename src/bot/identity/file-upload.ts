import type { MadeFile } from '../../operations/screen.ts';

/** OneDrive takes pieces of a multiple of 320 KiB, and no more than 60 MiB at once (learn.microsoft.com, "driveItem: createUploadSession"). */
const pieceBytes = 32 * 320 * 1024;
const pieceMilliseconds = 60_000;

/** Puts a file where Teams has made room for it, piece by piece. No token goes along: the URL is the permission. @throws Error when it is not taken */
export async function sendFile(url: string, file: MadeFile): Promise<void> {
  const bytes = Buffer.from(file.text);
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    const piece = bytes.subarray(from, from + pieceBytes);
    const range = `bytes ${from}-${from + piece.length - 1}/${bytes.length}`;
    const response = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': file.type, 'content-range': range },
      body: new Uint8Array(piece),
      redirect: 'error',
      signal: AbortSignal.timeout(pieceMilliseconds),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the place for the file answers ${response.status}`);
  }
}
