import { type Explained, explained } from './azure-codes.ts';
import { type Message, type MessageValue, say } from './message.ts';

/** What a person can do about an error: correct the input, ask for a right, wait, or report it. */
export type ErrorKind =
  | 'input'
  | 'not-found'
  | 'not-allowed'
  | 'conflict'
  | 'throttled'
  | 'unavailable'
  | 'azure'
  | 'internal';

/**
 * Every error that a person can meet. The text is the message `error.<code>`, the next step is `error.<code>.advice`;
 * a test compares both with the locales and finds a code that nothing throws.
 */
export const catalogue = {
  'vm-not-found': 'not-found',
  'group-not-found': 'not-found',
  'too-many-watches': 'conflict',
  'vm-ambiguous': 'input',
  'run-not-found': 'not-found',
  'not-protected': 'conflict',
  'not-replicated': 'conflict',
  'no-recovery-points': 'conflict',
  'nothing-to-clean-up': 'conflict',
  'not-allowed-by-azure-now': 'conflict',
  'no-vm-for-this': 'conflict',
  'no-backup-job-running': 'conflict',
  'no-backup-jobs': 'conflict',
  'no-replication-job-running': 'conflict',
  'no-replication-job-failed': 'conflict',
  'no-job-waits': 'conflict',
  'no-snapshots': 'conflict',
  'no-snapshots-of-one-run': 'conflict',
  'no-mapping': 'conflict',
  'expiry-in-the-past': 'input',
  'expiry-too-late': 'input',
  'not-understood': 'input',
  'no-right': 'not-allowed',
  'own-request': 'not-allowed',
  'not-the-requester': 'not-allowed',
  'wrong-tenant': 'not-allowed',
  guest: 'not-allowed',
  'stale-card': 'conflict',
  'already-decided': 'conflict',
  'target-busy': 'conflict',
  'preview-changed': 'conflict',
  'blocked-by-checks': 'conflict',
  'azure-forbidden': 'not-allowed',
  'azure-not-found': 'not-found',
  'azure-conflict': 'conflict',
  'azure-throttled': 'throttled',
  'azure-unavailable': 'unavailable',
  'azure-refused': 'azure',
  internal: 'internal',
  'not-confirmed': 'conflict',
  'typed-name-wrong': 'input',
  'already-approved': 'conflict',
  'denied-by-policy': 'not-allowed',
  'destructive-off': 'not-allowed',
  'reason-required': 'input',
  'not-an-approver': 'not-allowed',
  'rejection-reason-required': 'input',
  'changes-comment-required': 'input',
  'limit-reached': 'throttled',
  'not-in-the-group': 'not-allowed',
  'break-glass-not-named': 'not-allowed',
  'break-glass-off': 'not-allowed',
  'break-glass-not-asked': 'conflict',
  'break-glass-reason-required': 'input',
  'nothing-to-review': 'conflict',
  'own-break-glass': 'not-allowed',
  'review-too-early': 'conflict',
  'review-comment-required': 'input',
  'settle-comment-required': 'input',
  'no-job-to-follow': 'conflict',
  'nothing-kept': 'unavailable',
  'no-files-open': 'conflict',
  'only-own-chat': 'not-allowed',
  'script-gone': 'conflict',
  'no-secondary-region': 'conflict',
  'point-not-there': 'conflict',
  'sign-in-needed': 'not-allowed',
  'sign-in-refused': 'not-allowed',
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof catalogue;

/** What Azure itself said, kept whole so that an unknown error still shows Azure's own words and the correlation id. */
export interface AzureFault {
  /** HTTP status, or 0 when no answer came. */
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly correlationId?: string;
  readonly retryAfterSeconds?: number;
  /** Of a 403: the right that is missing, and a built-in role that has it; `none` where it is not known. */
  readonly missing?: { readonly action: string; readonly scope: string; readonly role: string };
}

interface CatalogueErrorOptions {
  readonly values?: Record<string, MessageValue>;
  readonly azure?: AzureFault;
  readonly cause?: unknown;
}

/** The only error that our code throws at a person: a code of the catalogue, the values of its text, and Azure's own words if it has any. */
export class CatalogueError extends Error {
  override readonly name = 'CatalogueError';
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly values: Readonly<Record<string, MessageValue>>;
  readonly azure: AzureFault | undefined;

  constructor(code: ErrorCode, options: CatalogueErrorOptions = {}) {
    super(options.azure === undefined ? code : `${code}: ${options.azure.code} ${options.azure.message}`, {
      cause: options.cause,
    });
    this.code = code;
    this.kind = catalogue[code];
    this.values = options.values ?? {};
    this.azure = options.azure;
  }

  /** What happened, in the person's words. */
  get text(): Message {
    return this.#explained?.text ?? say(`error.${this.code}`, this.values);
  }

  /** What to do next. */
  get advice(): Message {
    return this.#explained?.advice ?? say(`error.${this.code}.advice`, this.values);
  }

  /** A refusal whose code we know is told in our words; other statuses have a text of their own. */
  get #explained(): Explained | undefined {
    const refuses = this.code === 'azure-refused' || this.code === 'azure-conflict';
    return refuses && this.azure !== undefined ? explained(this.azure) : undefined;
  }
}

/**
 * Turns anything thrown into an error of the catalogue; what is not ours becomes `internal`, with the cause kept for the log. A fault of the
 * store is known by its name: the catalogue imports nothing.
 */
export function asCatalogueError(error: unknown): CatalogueError {
  if (error instanceof CatalogueError) return error;
  const kept = error instanceof Error && error.name === 'StoreFault';
  return new CatalogueError(kept ? 'nothing-kept' : 'internal', { cause: error });
}
