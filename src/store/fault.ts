/** What keeps a store from being opened or used; said to the operator, not to the people in the chat. */
export type StoreFaultCode =
  | 'in-use'
  | 'newer-schema'
  | 'unreachable'
  | 'read-only'
  | 'full'
  | 'not-migrated'
  | 'not-empty'
  | 'missing';

const texts: Record<StoreFaultCode, string> = {
  'in-use': 'The data folder is used by a second process. The embedded store belongs to one process at a time.',
  'newer-schema': 'The database was written by a newer version of Vaultkeeper. Start that version or a newer one.',
  unreachable: 'The database cannot be reached.',
  'read-only': 'The database is read-only: nothing can be kept, so nothing is accepted.',
  full: 'The database is full: nothing can be kept, so nothing is accepted.',
  'not-empty': 'The database on the server has runs or records already; nothing was moved.',
  missing: 'There is no store in this folder.',
  'not-migrated': 'The database could not be brought to the current schema.',
};

/** A store that cannot be opened or used, with the reason in words. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
  readonly code: StoreFaultCode;

  constructor(code: StoreFaultCode, options: { readonly detail?: string; readonly cause?: unknown } = {}) {
    super(options.detail === undefined ? texts[code] : `${texts[code]} (${options.detail})`, { cause: options.cause });
    this.code = code;
  }
}

/** PostgreSQL's five-letter error codes (appendix A of its manual) and Node's, by what they mean for us. */
const meanings: readonly (readonly [RegExp, StoreFaultCode])[] = [
  [/^25006$/, 'read-only'],
  [/^ENOSPC$/, 'full'],
  [/^(53100|53200|54000)$/, 'full'],
  [/^(08...|57P0.|28...|3D000|ECONN.*|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|EPIPE)$/, 'unreachable'],
];

/** Reads a database error as a fault; undefined when it is about the statement and not about the database. */
export function asStoreFault(error: unknown): StoreFault | undefined {
  if (error instanceof StoreFault) return error;
  const code = codeOf(error);
  const meaning = meanings.find(([pattern]) => pattern.test(code))?.[1];
  return meaning === undefined ? undefined : new StoreFault(meaning, { detail: code, cause: error });
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
