import type { Said, Understanding } from '../language/recognize.ts';
import type { Operation } from '../operations/operation.ts';
import { type ParameterInfo, type ParameterKind, parametersOf } from '../operations/parameters.ts';
import type { LastRequest, Subject } from './memory.ts';
import type { Start } from './start.ts';

/** Kinds of parameter that are what a request is about, and not how it is done. */
const subjectKinds: ReadonlySet<ParameterKind> = new Set([
  'vm',
  'vault',
  'plan',
  'run',
  'snapshot',
  'backup-job',
  'replication-job',
]);

/** What holds for another VM as well; a recovery point, a disk or a policy is of one VM. */
const carriedKinds: ReadonlySet<ParameterKind> = new Set(['expiry', 'instant', 'words', 'source']);

/** What a request is about: the first thing that its operation names. Undefined for a list of everything. */
export function subjectOf(operation: Operation, given: Readonly<Record<string, unknown>>): Subject | undefined {
  const info = subjectParameter(operation);
  const value = info === undefined ? undefined : given[info.name];
  if (info === undefined || typeof value !== 'string') return undefined;
  return { kind: info.kind, value, name: value.split('/').at(-1) ?? value };
}

function subjectParameter(operation: Operation): ParameterInfo | undefined {
  return parametersOf(operation).find(({ kind }) => subjectKinds.has(kind));
}

/** How to begin what a sentence asks for: what it leaves out is what was spoken of last. Nothing else is filled in. */
export function begun(understood: Understanding, operation: Operation, last: LastRequest | undefined): Start {
  const start = { operation: operation.id, said: understood.parameters, given: {}, dryRun: understood.dryRun };
  const subject = last?.subject;
  const goesOn = understood.leans === 'it' || (understood.leans === 'also' && operation.risk === 'read');
  if (!goesOn || subject === undefined) return start;
  const info = parametersOf(operation).find(({ kind }) => kind === subject.kind);
  const said = info === undefined ? undefined : understood.parameters[info.name];
  if (info === undefined || (said !== undefined && said.said !== subject.name)) return start;
  const { [info.name]: _, ...others } = understood.parameters;
  return { ...start, said: others, given: { [info.name]: subject.value } };
}

/**
 * The last request again for something else: "same for web-prod-02". It is proposed as the first one was, with its preview and its approvals.
 * Undefined: the request was not about anything of that kind.
 */
export function repeated(
  last: LastRequest,
  operation: Operation,
  said: Readonly<Record<string, Said>>,
): Start | undefined {
  const info = subjectParameter(operation);
  const other = Object.values(said).find(({ kind }) => kind === info?.kind);
  if (info === undefined || other === undefined) return undefined;
  const carried = parametersOf(operation).filter(({ kind, name }) => carriedKinds.has(kind) && name in last.given);
  const given = Object.fromEntries(carried.map(({ name }) => [name, last.given[name]]));
  const { reason } = last.given;
  const why: Said | undefined = typeof reason === 'string' ? { kind: 'words', said: reason } : undefined;
  const saidNow = { [info.name]: other, ...(why && { reason: why }) };
  return { operation: operation.id, said: saidNow, given, dryRun: last.dryRun };
}
