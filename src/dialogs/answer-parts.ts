import { say } from '../message.ts';
import type { Answer } from '../operations/screen.ts';

/** Bytes of copied lines in one message: a card holds 28 KB (teams-platform 2.4), and its heading and notes are on it as well. */
const partBytes = 18 * 1024;
/** What a line costs on the card besides its own text, as JSON. */
const lineBytes = 200;

/** An answer as it is sent: in one message, or in as many as the lines to be copied need. None of them is cut. */
export function answerParts(answer: Answer): readonly Answer[] {
  const parts = inParts((answer.copied ?? []).flatMap(inPieces));
  if (parts.length <= 1) return [answer];
  const { lead, notes, suggestions, sections, items, file: _file, ...rest } = answer;
  return parts.map((copied, at) => ({
    ...rest,
    title: say('dialog.part-of', { title: answer.title, part: at + 1, parts: parts.length }),
    copied,
    ...(at === 0 && { ...(lead !== undefined && { lead }), ...(sections && { sections }), ...(items && { items }) }),
    ...(at === parts.length - 1 && { ...(notes && { notes }), ...(suggestions && { suggestions }) }),
  }));
}

/** As many lines a part as fit into it, in order. */
function inParts(lines: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let left = 0;
  for (const line of lines) {
    const size = bytesOf(line) + lineBytes;
    if (size > left) {
      parts.push([]);
      left = partBytes;
    }
    parts.at(-1)?.push(line);
    left -= size;
  }
  return parts;
}

/** A line that no card holds goes on in the next one. No character is torn apart. */
function inPieces(line: string): readonly string[] {
  if (bytesOf(line) + lineBytes <= partBytes) return [line];
  const pieces = [''];
  let size = lineBytes;
  for (const character of line) {
    size += bytesOf(character);
    if (size > partBytes) {
      pieces.push('');
      size = lineBytes + bytesOf(character);
    }
    pieces.push(`${pieces.pop() ?? ''}${character}`);
  }
  return pieces;
}

/** As JSON in UTF-8, where a quotation mark counts twice. */
function bytesOf(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}
