const [comma, quote, backslash] = [0x2c, 0x22, 0x5c] as const;
const [openingList, closingList] = [0x5b, 0x5d] as const;
const [openingObject, closingObject] = [0x7b, 0x7d] as const;

/**
 * Takes `{…, "data": [row, row, …], …}` apart while its bytes come, a row at a time. A page of a thousand rows as bytes, as text, as objects and as the copies
 * that checking makes would outlive the collector's young generation, and two hundred pages would leave half a gigabyte of garbage.
 */
export class RowsOnTheWay {
  #part: 'before' | 'rows' | 'after' = 'before';
  #before = '';
  #held: Buffer = Buffer.alloc(0);
  #isFirst = true;

  /** The rows that are whole with this piece, each as JSON. @throws SyntaxError for a row that is no object, and for rows that no comma separates. */
  *take(piece: Buffer): Generator<string> {
    this.#held = this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece]);
    if (this.#part === 'before') this.#beginRows();
    let done = 0;
    while (this.#part === 'rows') {
      const { from, to, isEnd } = nextRow(this.#held, done, this.#isFirst);
      if (isEnd) this.#part = 'after';
      if (to === -1) break;
      yield this.#held.toString('utf8', from, to);
      this.#isFirst = false;
      done = to;
    }
    this.#held = this.#held.subarray(done);
  }

  /** The answer without its rows, as far as it has come. */
  rest(): string {
    return this.#before + this.#held.toString();
  }

  #beginRows(): void {
    const start = startOfRows(this.#held);
    if (start === -1) return;
    this.#before = this.#held.toString('utf8', 0, start);
    this.#held = this.#held.subarray(start);
    this.#part = 'rows';
  }
}

/** Where the first row is to come, behind the `[` of the outermost object's `"data"`; -1 where that has not come. */
function startOfRows(bytes: Buffer): number {
  let depth = 0;
  for (let at = nextBracket(bytes, 0); at !== -1; at = nextBracket(bytes, at + 1)) {
    if (depth === 1 && bytes[at] === openingList && /"data"\s*:\s*$/.test(bytes.toString('utf8', 0, at))) return at + 1;
    depth += isOpening(bytes[at]) ? 1 : -1;
  }
  return -1;
}

/** A row from `from` to `to`, which is -1 where it is not whole yet; or the end of the list. */
interface Found {
  readonly from: number;
  readonly to: number;
  readonly isEnd: boolean;
}

function nextRow(bytes: Buffer, after: number, isFirst: boolean): Found {
  let from = behindSpace(bytes, after);
  if (bytes[from] === closingList) return { from, to: -1, isEnd: true };
  if (!isFirst) from = behindSpace(bytes, behindComma(bytes, from));
  const isWrong = from < bytes.length && bytes[from] !== openingObject;
  if (isWrong) throw new SyntaxError('a row is no object');
  return { from, to: endOfRow(bytes, from), isEnd: false };
}

function behindComma(bytes: Buffer, at: number): number {
  if (at < bytes.length && bytes[at] !== comma) throw new SyntaxError('no comma separates two rows');
  return at + 1;
}

/** Blanks, tabs and ends of lines are all that may stand between. */
function behindSpace(bytes: Buffer, from: number): number {
  let at = from;
  while ([0x20, 0x09, 0x0a, 0x0d].includes(bytes[at] ?? 0)) at++;
  return at;
}

/** Behind the bracket that closes what opens at `from`; -1 where it has not come. */
function endOfRow(bytes: Buffer, from: number): number {
  let depth = 0;
  for (let at = nextBracket(bytes, from); at !== -1; at = nextBracket(bytes, at + 1)) {
    depth += isOpening(bytes[at]) ? 1 : -1;
    if (depth === 0) return at + 1;
  }
  return -1;
}

function isOpening(byte: number | undefined): boolean {
  return byte === openingObject || byte === openingList;
}

/** The next bracket or brace that stands in no text; -1 without one. */
function nextBracket(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === quote) {
      at = endOfText(bytes, at);
      if (at === -1) return -1;
    } else if (isOpening(byte) || byte === closingObject || byte === closingList) return at;
  }
  return -1;
}

/** The quote that closes the text; -1 where it has not come. */
function endOfText(bytes: Buffer, opening: number): number {
  let at = bytes.indexOf(quote, opening + 1);
  while (at !== -1 && isEscaped(bytes, at)) at = bytes.indexOf(quote, at + 1);
  return at;
}

function isEscaped(bytes: Buffer, at: number): boolean {
  let backslashes = 0;
  while (bytes[at - 1 - backslashes] === backslash) backslashes++;
  return backslashes % 2 === 1;
}
